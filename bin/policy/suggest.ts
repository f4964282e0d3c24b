import { endLookup, shownEnd } from '@/core/policy/find-end'
import { leftOutWords } from '@/core/policy/suggest/left-out'
import { flowRecorder } from '@/core/policy/suggest/record-flows'
import { suggestPolicies } from '@/core/policy/suggest/suggest-policies'
import {
  defaultSuggestOptions,
  type FormatName,
  type LeftOut,
  type Suggestion,
  type SuggestOptions,
} from '@/core/policy/suggest/suggestion'
import { AppError } from '@/server/errors'
import { type JudgingOptions, type LoadedPolicies, loadPolicies } from './load-policies'
import { lineError, readFlows } from './read-flows'
import { suggestionText } from './suggestion-text'
import { type Terminal, writeAll } from './terminal'

/** By the word on the command line. */
const formats = {
  networkpolicy: 'NetworkPolicy',
  cilium: 'CiliumNetworkPolicy',
  calico: 'CalicoNetworkPolicy',
  istio: 'IstioAuthorizationPolicy',
} as const satisfies Readonly<Record<string, FormatName>>

export type SuggestCommandOptions = JudgingOptions & {
  readonly file: readonly string[]
  readonly flows: string
  readonly for?: string
  readonly namespace?: string
  readonly per: SuggestOptions['per']
  readonly format: keyof typeof formats
}

/** `oriel policy suggest`: YAML of new policies with what was seen as comments; what no rule was made of on `err`. */
export async function suggestCommand(options: SuggestCommandOptions, terminal: Terminal): Promise<number> {
  const loaded = await loadPolicies(options.file, options, terminal)
  const workload = options.for === undefined ? null : workloadOf(options.for, loaded)
  const recorder = flowRecorder(endLookup(loaded))
  for await (const flows of readFlows(options.flows, terminal))
    for (const { number, question } of flows) {
      const problem = recorder.add(question)
      if (problem !== null) throw lineError(options.flows, number, problem)
    }
  const namespace = workload?.split('/')[0] ?? options.namespace
  const { suggestions, leftOut, decided } = suggestPolicies(loaded.compiled, recorder.records(), {
    ...defaultSuggestOptions,
    format: formats[options.format],
    per: options.per,
    namespaces: namespace === undefined ? null : [namespace],
  })
  const wanted = suggestions.filter(({ subject }) => workload === null || subject.workloads.includes(workload))
  const timed = recorder.anyTimes()
  await writeAll(
    terminal,
    wanted.map((one, i) => `${i === 0 ? '' : '---\n'}${suggestionText(one, timed)}`),
  )
  terminal.err.write(summary(wanted, leftOut, decided))
  return 0
}

function workloadOf(name: string, loaded: LoadedPolicies): string {
  const found = endLookup(loaded).byName(name)
  if ('problem' in found) throw new AppError('invalid', `--for: ${found.problem}`)
  return 'end' in found ? shownEnd(found.end) : name
}

function summary(suggestions: readonly Suggestion[], leftOut: readonly LeftOut[], decided: number): string {
  const lines = [
    suggestions.length === 0
      ? 'Nothing to suggest.'
      : `${counted(suggestions.length, 'policy', 'policies')} suggested.`,
    ...(decided > 0 ? [`Rules decide ${counted(decided, 'flow', 'flows')} already.`] : []),
    ...leftOut.map(
      ({ reason, direction, count }) =>
        `Without ${direction === null ? 'a' : `an ${direction}`} rule: connections that ${leftOutWords[reason]} (${count.toLocaleString('en-US')}).`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

const counted = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`

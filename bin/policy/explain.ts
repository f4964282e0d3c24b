import type { End, PolicyVerdict } from '@/core/policy/decision'
import { evaluate } from '@/core/policy/evaluate'
import { explain } from '@/core/policy/explain'
import { explainPorts } from '@/core/policy/explain-ports'
import { endLookup, type EndLookup } from '@/core/policy/find-end'
import { answerOf, type FlowAnswer } from '@/core/policy/flow-answer'
import { internetEnd } from '@/core/policy/internet-end'
import { workloadName } from '@/core/policy/model'
import { portLine, portTexts } from '@/core/policy/port-text'
import { portProtocols, type Protocol } from '@/core/policy/ports'
import { parseAddress } from '@/core/cidr'
import type { CompiledPolicies } from '@/core/policy/compile'
import { clean } from '@/core/text'
import { AppError } from '@/server/errors'
import { type JudgingOptions, loadPolicies } from './load-policies'
import { type Terminal, writeAll } from './terminal'

export type ExplainOptions = JudgingOptions & {
  readonly file: readonly string[]
  readonly from: string
  readonly to: string
  readonly port?: number | string
  readonly protocol?: Protocol
  readonly output: 'txt' | 'json'
}

/** The JSON output: ports that are decided in the same way, allowed ones first. */
export type Explanation = { readonly from: string; readonly to: string; readonly answers: readonly ExplainedAnswer[] }

export type ExplainedAnswer = FlowAnswer & {
  /** As in `connections`; of a protocol without ports an empty list, and a port's name as it was asked for. */
  readonly ports: 'all' | Readonly<Partial<Record<Protocol, readonly string[]>>>
}

type Told = { readonly answer: ExplainedAnswer; readonly title: string; readonly sentences: readonly string[] }

/** `oriel policy explain`: who decides between two ends, on one port or on all. */
export async function explainCommand(options: ExplainOptions, terminal: Terminal): Promise<number> {
  const loaded = await loadPolicies(options.file, options, terminal)
  const lookup = endLookup(loaded)
  const from = findEnd(options.from, '--from', lookup, loaded.compiled)
  const to = findEnd(options.to, '--to', lookup, loaded.compiled)
  const told = explainEnds(loaded.compiled, from, to, options)
  const ends = { from: nameOf(from), to: nameOf(to) }
  await writeAll(terminal, options.output === 'json' ? [asJson(ends, told)] : asText(ends, told))
  return 0
}

function explainEnds(
  compiled: CompiledPolicies,
  from: End,
  to: End,
  { port, protocol }: ExplainOptions,
): readonly Told[] {
  const ported = portProtocols.find((one) => one === protocol)
  if (port === undefined && (protocol === undefined || ported))
    return explainPorts(compiled, from, to, ported).map(({ ports, decision, sentences }) => ({
      answer: { ...answerOf(decision, sentences), ports: portTexts(ports) },
      title: portLine(ports) === 'all' ? 'Every port' : portLine(ports),
      sentences,
    }))
  const flow = { from, to, protocol: protocol ?? ('TCP' as const), port: port ?? null }
  const decision = evaluate(compiled, flow)
  const [, ...sentences] = explain(compiled, flow, decision)
  const ports = { [flow.protocol]: flow.port === null ? [] : [String(flow.port)] }
  const title = flow.port === null ? flow.protocol : `${flow.protocol} ${flow.port}`
  return [{ answer: { ...answerOf(decision, sentences), ports }, title, sentences }]
}

function findEnd(text: string, option: string, lookup: EndLookup, compiled: CompiledPolicies): End {
  if (text === 'internet') return internetEnd(compiled)
  const found = parseAddress(text) ? lookup.byAddress(text) : lookup.byName(text)
  if ('problem' in found) throw new AppError('invalid', clean(`${option}: ${found.problem}`, 1000))
  return found.end
}

function nameOf(end: End): string {
  if (end.type === 'workload') return workloadName(end.workload)
  return end.type === 'node' ? `node ${end.name}` : end.address
}

const asJson = (ends: Pick<Explanation, 'from' | 'to'>, told: readonly Told[]): string =>
  `${JSON.stringify({ ...ends, answers: told.map(({ answer }) => answer) }, null, 2)}\n`

const words: Readonly<Record<PolicyVerdict, string>> = {
  allowed: 'allowed',
  denied: 'denied',
  undefined: 'undefined (neither surely allowed nor surely denied)',
}

function* asText({ from, to }: Pick<Explanation, 'from' | 'to'>, told: readonly Told[]): Iterable<string> {
  yield `${clean(from, 600)} => ${clean(to, 600)}\n`
  for (const { answer, title, sentences } of told) {
    yield `\n${clean(title, 600)}: ${words[answer.verdict]}\n`
    for (const sentence of sentences) yield `  ${clean(sentence, 4000)}\n`
  }
}

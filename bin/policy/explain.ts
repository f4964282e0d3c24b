import { parseAddress } from '@/core/cidr'
import type { CompiledPolicies } from '@/core/policy/compile'
import type { Decision, End, Flow, PolicyVerdict } from '@/core/policy/decision'
import { evaluate } from '@/core/policy/evaluate'
import { explain } from '@/core/policy/explain'
import { explainPorts } from '@/core/policy/explain-ports'
import { endLookup, type EndLookup, type FoundEnd, shownEnd } from '@/core/policy/find-end'
import { answerOf, type FlowAnswer, targetText } from '@/core/policy/flow-answer'
import { internetEnd } from '@/core/policy/internet-end'
import { type ModelService, workloadKey } from '@/core/policy/model'
import { portLine, portTexts } from '@/core/policy/port-text'
import { portProtocols, type Protocol } from '@/core/policy/ports'
import { evaluateService } from '@/core/policy/service-target'
import { clean } from '@/core/text/text'
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
export type Explanation = {
  readonly from: string
  readonly to: string
  readonly answers: readonly ExplainedAnswer[]
  /** Why a connection to a Service may go elsewhere too, or nowhere; only where there are such. */
  readonly doubts?: readonly string[]
}

export type ExplainedAnswer = FlowAnswer & {
  /** As in `connections`; of a protocol without ports an empty list, and a port's name as it was asked for. */
  readonly ports: 'all' | Readonly<Partial<Record<Protocol, readonly string[]>>>
  /** Behind a Service: who is met there. */
  readonly target?: string
}

type Told = { readonly answer: ExplainedAnswer; readonly title: string; readonly sentences: readonly string[] }

/** `oriel policy explain`: who decides between two ends, on one port or on all. */
export async function explainCommand(options: ExplainOptions, terminal: Terminal): Promise<number> {
  const loaded = await loadPolicies(options.file, options, terminal)
  const { compiled } = loaded
  const lookup = endLookup(loaded)
  const from = sourceOf(findEnd(options.from, '--from', lookup, compiled))
  const to = findEnd(options.to, '--to', lookup, compiled)
  const behind = 'service' in to ? explainService(compiled, from, to.service, options) : null
  const told = 'service' in to ? (behind?.told ?? []) : explainEnds(compiled, from, to.end, options)
  const explanation = {
    from: shownEnd(from),
    to: 'service' in to ? `${workloadKey(to.service)}[Service]` : shownEnd(to.end),
    answers: told.map(({ answer }) => answer),
    ...(behind && behind.doubts.length > 0 ? { doubts: behind.doubts } : {}),
  }
  const json = options.output === 'json'
  await writeAll(terminal, json ? [`${JSON.stringify(explanation, null, 2)}\n`] : asText(explanation, told))
  return 0
}

function explainEnds(
  compiled: CompiledPolicies,
  from: End,
  to: End,
  { port, protocol }: Pick<ExplainOptions, 'port' | 'protocol'>,
): readonly Told[] {
  const ported = portProtocols.find((one) => one === protocol)
  if (port === undefined && (protocol === undefined || ported))
    return explainPorts(compiled, from, to, ported).map(({ ports, decision, sentences }) => ({
      answer: { ...answerOf(decision, sentences), ports: portTexts(ports) },
      title: portLine(ports) === 'all' ? 'Every port' : portLine(ports),
      sentences,
    }))
  const flow = { from, to, protocol: protocol ?? ('TCP' as const), port: port ?? null }
  return [explainFlow(compiled, flow, evaluate(compiled, flow))]
}

function explainFlow(compiled: CompiledPolicies, flow: Flow, decision: Decision): Told {
  const [, ...sentences] = explain(compiled, flow, decision)
  const ports = { [flow.protocol]: flow.port === null ? [] : [String(flow.port)] }
  const title = flow.port === null ? flow.protocol : `${flow.protocol} ${flow.port}`
  return { answer: { ...answerOf(decision, sentences), ports }, title, sentences }
}

/** Every connection that one to the Service may become; without a port, on each of its ports. */
function explainService(
  compiled: CompiledPolicies,
  from: End,
  service: ModelService,
  { port, protocol }: Pick<ExplainOptions, 'port' | 'protocol'>,
): { readonly told: readonly Told[]; readonly doubts: readonly string[] } {
  const asked =
    port === undefined && service.ports.length > 0
      ? service.ports.filter((one) => protocol === undefined || one.protocol === protocol)
      : [{ protocol: protocol ?? ('TCP' as const), port: port ?? null }]
  const found = asked.map((one) =>
    evaluateService(compiled, { from, to: service, protocol: one.protocol, port: one.port }),
  )
  return {
    told: found.flatMap((one) =>
      (one?.flows ?? []).flatMap((flow, i): readonly Told[] => {
        const decision = one?.decisions[i]
        if (!decision) return []
        const told = explainFlow(compiled, flow, decision)
        return [{ ...told, title: targetText(flow), answer: { ...told.answer, target: shownEnd(flow.to) } }]
      }),
    ),
    doubts: [...new Set(found.flatMap((one) => one?.doubts ?? []))],
  }
}

type Found = Exclude<FoundEnd, { readonly problem: string }>

/** A workload, else a Service, of a name; `ns/name[Service]` is surely one. */
function findEnd(text: string, option: string, lookup: EndLookup, compiled: CompiledPolicies): Found {
  if (text === 'internet') return { end: internetEnd(compiled) }
  const service = lookup.byService(text.replace(/\[Service\]$/, ''))
  const named = text.endsWith('[Service]') ? service : lookup.byName(text)
  const found = parseAddress(text)
    ? lookup.byAddress(text)
    : 'problem' in named && 'service' in service
      ? service
      : named
  if ('problem' in found) throw new AppError('invalid', clean(`${option}: ${found.problem}`, 1000))
  return found
}

function sourceOf(found: Found): End {
  if ('end' in found) return found.end
  throw new AppError('invalid', `--from: ${workloadKey(found.service)} is a Service, which opens no connections`)
}

const words: Readonly<Record<PolicyVerdict, string>> = {
  allowed: 'allowed',
  denied: 'denied',
  undefined: 'undefined (neither surely allowed nor surely denied)',
}

function* asText({ from, to, doubts = [] }: Explanation, told: readonly Told[]): Iterable<string> {
  yield `${clean(from, 600)} => ${clean(to, 600)}\n`
  for (const doubt of doubts) yield `\nNot sure: ${clean(doubt, 1000)}\n`
  for (const { title, answer, sentences } of told) {
    yield `\n${clean(title, 600)}: ${words[answer.verdict]}\n`
    for (const sentence of sentences) yield `  ${clean(sentence, 4000)}\n`
  }
}

import type { CompiledPolicies } from '../compile'
import type { Workload } from '../model'
import { caveatsOf } from './caveats-of'
import { chooseLabels, type ChosenLabels } from './choose-labels'
import { shunnedOf } from './cover-addresses'
import { dnsServers } from './dns-peers'
import { formatNamed } from './formats/formats'
import { byWorkload, leftOutOf, type LeftOutRecord } from './left-out'
import type { Draft, DraftContext } from './make-drafts'
import { selectionOf } from './peer-seed'
import { evidenceOf, type RecordedFlow } from './recorded-flow'
import { type Settled, settle } from './settle'
import { sidesOf } from './sides'
import type { Suggestion, Suggestions, SuggestOptions } from './suggestion'
import { type UsableFlow, usableFlows } from './usable-flows'
import { rulesOfDraft } from './write-draft'

/**
 * Policies of least privilege for recorded flows that no rule decides. Applied to the model they allow all of these
 * flows (but those that they say were left out), no rule can be taken away, and asked again nothing is suggested for
 * them. What a policy denied before may be allowed on one side now, by a rule for a whole namespace: it is not widened
 * for that. The order of the flows changes nothing. O(flows + flows of isolated workloads × rounds).
 */
export function suggestPolicies(
  compiled: CompiledPolicies,
  records: readonly RecordedFlow[],
  options: SuggestOptions,
): Suggestions {
  const format = formatNamed(options.format)
  const { usable, leftOut } = usableFlows(compiled, records)
  const context = contextOf(compiled, usable, options)
  const found = sidesOf(compiled, usable, format, { ...context, directions: format.directions })
  const settled = settle(compiled, found.sides, format, { ...context, directions: format.directions })
  const all: readonly LeftOutRecord[] = [
    ...leftOut.map(({ reason, record }) => ({ reason, record, direction: null })),
    ...[...found.leftOut, ...settled.leftOut].flatMap(({ reason, flow, direction }) =>
      flow.records.map((record) => ({ reason, record, direction })),
    ),
  ]
  const about = { profile: compiled.options.profile, dnsIsKnown: context.dns.pods.length > 0 }
  const ofWorkload = byWorkload(all)
  return {
    suggestions: settled.drafts.map((one) => suggestionOf(one, ofWorkload, about)),
    leftOut: leftOutOf(all),
    decided: decidedFlows(found.sides),
  }
}

/** Flows of which every side that is judged is allowed by a rule. */
function decidedFlows(sides: readonly { readonly flow: UsableFlow; readonly state: string }[]): number {
  const open = new Set(sides.flatMap(({ flow, state }) => (state === 'decided' ? [] : [flow])))
  return new Set(sides.flatMap(({ flow }) => (open.has(flow) ? [] : [flow]))).size
}

function contextOf(
  { catalogue }: CompiledPolicies,
  flows: readonly UsableFlow[],
  options: SuggestOptions,
): Omit<DraftContext, 'directions'> {
  const { workloads, nodes, services } = catalogue.model
  const spaces = new Map<string, Workload[]>()
  for (const workload of workloads) {
    const space = spaces.get(workload.namespace)
    if (space) space.push(workload)
    else spaces.set(workload.namespace, [workload])
  }
  const chosen = new Map<Workload, ChosenLabels>()
  const labelsOf = (workload: Workload): ChosenLabels => {
    const known = chosen.get(workload) ?? chooseLabels(workload, spaces.get(workload.namespace) ?? [])
    chosen.set(workload, known)
    return known
  }
  const everybody = new Map(
    [...spaces].map(([name, all]) => [name, { labels: {}, selects: all.filter(({ hostNetwork }) => !hostNetwork) }]),
  )
  const namespaceOf = ({ namespace }: Workload) => everybody.get(namespace) ?? { labels: {}, selects: [] }
  return {
    options,
    labelsOf,
    subjectOf: options.per === 'namespace' ? namespaceOf : labelsOf,
    workloads,
    mostRanges: options.mostRanges,
    dns: dnsServers(catalogue, flows),
    shunned: shunnedOf([
      ...workloads.flatMap(({ ips }) => ips),
      ...nodes.flatMap(({ addresses }) => addresses),
      ...services.flatMap(({ clusterIps, addresses }) => [...clusterIps, ...addresses]),
    ]),
  }
}

function suggestionOf(
  { draft, manifest }: Settled['drafts'][number],
  leftOut: ReadonlyMap<Workload, readonly LeftOutRecord[]>,
  about: Parameters<typeof caveatsOf>[2],
): Suggestion {
  const suggestion = {
    manifest,
    subject: selectionOf(draft.namespace, draft.chosen, draft.workloads),
    ...rulesOfDraft(draft),
    evidence: evidenceOfDraft(draft),
    leftOut: leftOutOf(draft.chosen.selects.flatMap((workload) => leftOut.get(workload) ?? [])),
  }
  return { ...suggestion, caveats: caveatsOf(suggestion, draft, about) }
}

function evidenceOfDraft({ sides }: Draft) {
  const claims = [...(sides.ingress ?? []), ...(sides.egress ?? [])].flatMap((atom) => atom.claims)
  const flows = new Set(claims.map(({ flow }) => flow))
  return evidenceOf([...flows].map(({ evidence }) => evidence)) ?? { count: 0, first: 0, last: 0, days: 0 }
}

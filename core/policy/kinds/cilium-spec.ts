import type { ModelCatalogue } from '../catalogue'
import type { EndMatch } from '../end-match'
import type { Block, Rule } from '../normal-form'
import { field, fieldsAt, isAbsent, type Reader, refuse, unknownFields } from '../read'
import { ciliumDenyOrder, defaultTier, kubernetesOrder } from '../tiers'
import { hostBlocks } from './cilium-host'
import { subjectPods } from './cilium-pods'
import { requirementsAt } from './cilium-selector'
import { type Side, sideAt } from './cilium-side'

export type CiliumBlocks = (catalogue: ModelCatalogue) => readonly Block[]

const directions = ['ingress', 'egress'] as const
const sections = ['ingress', 'ingressDeny', 'egress', 'egressDeny'] as const
const fields = ['endpointSelector', 'nodeSelector', 'labels', 'description', 'enableDefaultDeny', 'log', ...sections]

/** What `spec`, or one of `specs`, says. @param namespace null: it is clusterwide */
export function ciliumSpecAt(spec: Reader, namespace: string | null): CiliumBlocks {
  fieldsAt(spec)
  const pods = requirementsAt(field(spec, 'endpointSelector'))
  const nodes = requirementsAt(field(spec, 'nodeSelector'))
  if ((pods === null) === (nodes === null)) refuse(spec, 'must have either endpointSelector or nodeSelector')
  if (nodes && namespace !== null) refuse(field(spec, 'nodeSelector'), 'is for clusterwide policies only')
  if (sections.every((name) => isAbsent(field(spec, name)))) refuse(spec, `must have one of ${sections.join(', ')}`)
  const sides = directions.map((direction) => sideAt(spec, { direction, namespace, host: nodes !== null }))
  if (nodes) return (catalogue) => hostBlocks(nodes, sides, catalogue)
  const selected = subjectPods(pods ?? [], namespace)
  const subject = unknownFields(spec, fields).length === 0 ? selected : unclearly(selected, unknownField)
  return (catalogue) => sides.flatMap((side) => blocksOf(side, subject, catalogue))
}

const unknownField = 'the policy has a field that is not known here'
const unclearly = (subject: EndMatch, doubt: string): EndMatch => ({
  is: 'every',
  of: [subject, { is: 'unclear', doubt }],
})

function blocksOf(side: Side, subject: EndMatch, catalogue: ModelCatalogue): readonly Block[] {
  const { direction, isolates } = side
  const block = (order: number, rules: readonly Rule[]): Block => ({
    direction,
    tier: defaultTier.name,
    order,
    subject,
    isolates,
    rules,
  })
  if (!side.hasRules) return []
  const allows = side.allows.map((rule) => rule(catalogue))
  const denies = side.denies.map((rule) => rule(catalogue))
  const allowed = allows.flatMap(({ rules }) => rules)
  const first = [...denies.flatMap(({ rules }) => rules), ...[...allows, ...denies].flatMap(({ asks }) => asks)]
  const last = isolates ? [] : allowed.filter(({ request }) => request).map(mayDrop)
  return [
    ...(first.length > 0 ? [block(ciliumDenyOrder, first)] : []),
    block(kubernetesOrder, allowed),
    ...(last.length > 0 ? [block(kubernetesOrder + 1, last)] : []),
  ]
}

/** In some versions the proxy drops requests that no rule lets through, also where the policy does not isolate. */
const mayDrop = ({ path, peer, ports }: Rule): Rule => ({
  action: 'ask',
  path,
  peer,
  ports,
  doubt: 'whether enableDefaultDeny counts for requests depends on the version of Cilium',
})

import { type EndMatch, namespaceNamed } from '../end-match'
import type { Parsed, PolicyKind } from '../kind'
import { anyLabels } from '../label-match'
import { selectorAt } from '../label-selector'
import type { ModelObject } from '../model'
import type { Block, Direction, Rule } from '../normal-form'
import { field, isAbsent, itemsAt, type Reader, readerOf, refOf, refuse, textAt, unknownFields } from '../read'
import { checkHead } from '../read-head'
import { defaultTier, kubernetesOrder } from '../tiers'
import { portsAt } from './network-policy-ports'
import { peersAt } from './network-policy-peer'

/** networking.k8s.io/v1 NetworkPolicy: a union of allows that isolates the pods it selects. */
export const networkPolicy: PolicyKind = {
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  versions: ['v1'],
  namespaced: true,
  standsAlone: true,
  parse,
}

function parse(object: ModelObject): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, 'NetworkPolicy', true)
  const spec = field(at, 'spec')
  const namespace = namespaceNamed(ref.namespace ?? '')
  const subject: EndMatch = {
    is: 'workload',
    namespace,
    labels: selectorAt(field(spec, 'podSelector')) ?? anyLabels,
  }
  const directions = directionsAt(spec)
  const rules = {
    ingress: rulesAt(field(spec, 'ingress'), 'from', ref.namespace ?? ''),
    egress: rulesAt(field(spec, 'egress'), 'to', ref.namespace ?? ''),
  }
  if (at.problems.length > 0) return { problems: at.problems }
  const blocks = directions.map((direction): Block => ({
    direction,
    tier: defaultTier.name,
    order: kubernetesOrder,
    subject: knownSpec(spec) ? subject : { is: 'every', of: [subject, unknownField] },
    isolates: true,
    openForIcmp: true,
    rules: rules[direction],
  }))
  return { meaning: () => ({ ref, mode: 'enforced', replaces: null, blocks, tiers: [] }) }
}

const unknownField: EndMatch = { is: 'unclear', doubt: 'the policy has a field that is not known here' }
const knownSpec = (spec: Reader) =>
  unknownFields(spec, ['podSelector', 'policyTypes', 'ingress', 'egress']).length === 0

/** Absent types are Ingress, and Egress where there is a rule for it. */
function directionsAt(spec: Reader): readonly Direction[] {
  const types = itemsAt(field(spec, 'policyTypes')) ?? []
  if (types.length > 2) refuse(field(spec, 'policyTypes'), 'must not have more than two items')
  const words = types.map((type) => {
    const text = textAt(type)
    if (text !== 'Ingress' && text !== 'Egress') refuse(type, 'must be Ingress or Egress')
    return text
  })
  const egress = words.length > 0 ? words.includes('Egress') : (itemsAt(field(spec, 'egress')) ?? []).length > 0
  const ingress = words.length === 0 || words.includes('Ingress')
  return [...(ingress ? (['ingress'] as const) : []), ...(egress ? (['egress'] as const) : [])]
}

/** An empty list has no rules and so allows nothing; an empty rule allows everything. */
function rulesAt(at: Reader, peers: 'from' | 'to', namespace: string): readonly Rule[] {
  return (itemsAt(at) ?? []).map((item): Rule => {
    if (isAbsent(item)) return { action: 'allow', path: item.path, peer: { is: 'anything' }, ports: null }
    const known = unknownFields(item, [peers, 'ports']).length === 0
    const peer = peersAt(field(item, peers), namespace)
    return {
      action: 'allow',
      path: item.path,
      peer: known ? peer : { is: 'every', of: [peer, unknownField] },
      ports: portsAt(field(item, 'ports')),
    }
  })
}

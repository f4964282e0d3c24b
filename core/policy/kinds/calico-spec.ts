import type { ModelCatalogue } from '../catalogue'
import { anything, type EndMatch } from '../end-match'
import type { LabelMatch } from '../label-match'
import type { Block, Direction, Rule } from '../normal-form'
import {
  booleanAt,
  field,
  isAbsent,
  itemsAt,
  numberAt,
  type Reader,
  refuse,
  textAt,
  unknownFields,
  wordAt,
} from '../read'
import { adminTier } from '../tiers'
import { selectedPods } from './calico-ends'
import { hostBlocks } from './calico-hosts'
import { allOf, calicoKeys, selectorAt } from './calico-labels'
import { type CalicoRule, calicoRuleAt } from './calico-rule'
import { lastOrder, tierNamed } from './calico-tier'

/** Whether and where its own objects may be looked up is known when its blocks are asked for. */
export type CalicoBlocks = (catalogue: ModelCatalogue) => readonly Block[]

const directions = ['ingress', 'egress'] as const
const mostRules = 1_024
const fields = ['tier', 'order', 'selector', 'serviceAccountSelector', 'types', 'ingress', 'egress', 'performanceHints']
const globalFields = ['namespaceSelector', 'applyOnForward', 'preDNAT', 'doNotTrack']

/** What the spec of a policy of Calico says. @param namespace null: it is global */
export function calicoSpecAt(spec: Reader, namespace: string | null): CalicoBlocks {
  const tier = textAt(field(spec, 'tier')) ?? ''
  const order = numberAt(field(spec, 'order')) ?? lastOrder
  const subject = subjectAt(spec, namespace)
  const types = typesAt(spec)
  const rules = { ingress: rulesAt(spec, 'ingress', namespace), egress: rulesAt(spec, 'egress', namespace) }
  const flags = namespace === null ? flagsAt(spec) : noFlags
  checkHints(field(spec, 'performanceHints'))
  const known = unknownFields(spec, namespace === null ? [...fields, ...globalFields] : fields).length === 0
  return (catalogue) => {
    const hosts = namespace === null ? hostBlocks(subject, types, flags.applyOnForward, catalogue) : []
    if (flags.hostsOnly) return hosts
    const pods = selectedPods(subject, catalogue)
    const match: EndMatch = known ? pods : { is: 'every', of: [pods, unknownField] }
    const name = tierNamed(tier === '' ? 'default' : tier, catalogue)
    const own = types.map((direction) =>
      name === null
        ? blockOfNoTier(tier, direction, match)
        : {
            direction,
            tier: name,
            order,
            subject: match,
            isolates: true,
            rules: rules[direction].flatMap((rule) => rule(catalogue)),
          },
    )
    return [...hosts, ...own]
  }
}

const unknownField: EndMatch = { is: 'unclear', doubt: 'the policy has a field that is not known here' }

/** Where its tier stands is not known, so that it may decide anything. */
function blockOfNoTier(tier: string, direction: Direction, subject: EndMatch): Block {
  const doubt = `the tier ${tier} is not known`
  const rule: Rule = { action: 'unknown', path: 'spec.tier', peer: anything, ports: null, doubt }
  return { direction, tier: adminTier.name, order: -1, subject, isolates: false, rules: [rule] }
}

function subjectAt(spec: Reader, namespace: string | null): LabelMatch {
  const own: LabelMatch[] = namespace === null ? [] : [{ op: 'in', key: calicoKeys.namespace, values: [namespace] }]
  const spaces = namespace === null ? selectorAt(field(spec, 'namespaceSelector'), 'namespace') : null
  const labels = selectorAt(field(spec, 'selector'), 'labels')
  const accounts = selectorAt(field(spec, 'serviceAccountSelector'), 'account')
  // Every account: what has none, a host endpoint, is not selected.
  const some: LabelMatch | null = accounts?.op === 'any' ? { op: 'has', key: calicoKeys.account } : accounts
  return allOf([...own, ...[spaces, labels, some].flatMap((part) => part ?? [])]) ?? { op: 'any' }
}

/** Without types: ingress, unless there are rules for egress only; egress where there is a rule for it. */
function typesAt(spec: Reader): readonly Direction[] {
  const at = field(spec, 'types')
  const words = (itemsAt(at) ?? []).map((item) => wordAt(item, ['Ingress', 'Egress']))
  if (new Set(words).size < words.length) refuse(at, 'must not name a type twice')
  const has = (direction: Direction) => (itemsAt(field(spec, direction)) ?? []).length > 0
  const given = words.length > 0
  const ingress = given ? words.includes('Ingress') : has('ingress') || !has('egress')
  const egress = given ? words.includes('Egress') : has('egress')
  return directions.filter((direction) => (direction === 'ingress' ? ingress : egress))
}

function rulesAt(spec: Reader, direction: Direction, namespace: string | null): readonly CalicoRule[] {
  const at = field(spec, direction)
  const items = itemsAt(at) ?? []
  if (items.length > mostRules) refuse(at, `must not have more than ${mostRules} items`)
  return items.map((item) => calicoRuleAt(item, direction, namespace))
}

/** `hostsOnly`: before connection tracking or address rewriting only host endpoints are judged, never pods. */
type Flags = { readonly applyOnForward: boolean; readonly hostsOnly: boolean }
const noFlags: Flags = { applyOnForward: false, hostsOnly: false }

function flagsAt(spec: Reader): Flags {
  const flag = (name: string) => booleanAt(field(spec, name)) ?? false
  const [preDnat, untracked, applyOnForward] = [flag('preDNAT'), flag('doNotTrack'), flag('applyOnForward')]
  if (preDnat && untracked) refuse(field(spec, 'preDNAT'), 'must not be given together with doNotTrack')
  if ((preDnat || untracked) && !applyOnForward)
    refuse(field(spec, 'applyOnForward'), 'must be true with preDNAT or doNotTrack')
  const egress = (itemsAt(field(spec, 'egress')) ?? []).length > 0
  const typed = (itemsAt(field(spec, 'types')) ?? []).some(({ value }) => value === 'Egress')
  if (preDnat && (egress || typed)) refuse(field(spec, 'preDNAT'), 'must not be given with egress')
  return { applyOnForward, hostsOnly: preDnat || untracked }
}

/** Hints never change what a policy does. */
function checkHints(at: Reader): void {
  if (isAbsent(at)) return
  for (const item of itemsAt(at) ?? []) wordAt(item, ['AssumeNeededOnEveryNode'])
}

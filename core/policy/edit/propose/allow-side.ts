import { endName } from '../../explain'
import type { Judgement } from '../../decision'
import { policyName } from '../../policy-name'
import { sameData } from '../object-op'
import { pathText } from '../path'
import type { At, PortChoice, Side, Visual, VisualRule } from '../visual'
import { newAllow } from './new-allow'
import { endsOf, type Part, policyAt, type Question, type Ways } from './part'
import { type NamedPeer, peersFor } from './peers-for'

const mostPolicies = 8

/** Ways to let a connection pass at one side that denies it. */
export function allowSide(question: Question, side: Judgement): Ways {
  return side.reason.code === 'rule' ? beforeDeny(question, side) : intoPolicies(question, side)
}

/** No rule of the policies that isolate decides: one of them gets a peer or a rule, or a new one is written. */
function intoPolicies(question: Question, side: Judgement): Ways {
  const { ground, compiled } = question
  const { other } = endsOf(question, side)
  const selecting = (side.steps.at(-1)?.selecting ?? []).slice(0, mostPolicies)
  const ways = selecting.flatMap((ref): readonly Part[] => {
    const found = policyAt(ground, ref)
    const shown = found?.visual.sides.find(({ direction }) => direction === side.direction)
    if (!found || !shown?.isolates) return []
    const { visual } = found
    return peersFor(compiled, visual, side.direction, other).flatMap((named) => [
      ...withPeer(question, visual, shown, named),
      ...withPort(question, visual, shown, named),
      withRule(question, visual, side, named),
    ])
  })
  const fresh = newAllow(question, side)
  const none = ways.length + fresh.length === 0
  const opaque = selecting
    .filter((ref) => !policyAt(ground, ref))
    .map((ref) => `${policyName(ref)} is edited as YAML only.`)
  return {
    ways: [...ways, ...fresh].map((part) => [part]),
    notes: none ? [`No policy that governs the ${side.direction} can name ${endName(other)}.`, ...opaque] : opaque,
  }
}

const allowing = ({ rules }: Side) => rules.filter(({ value }) => value.action === 'allow' && value.also.length === 0)
const portWords = ({ protocol, port }: PortChoice) =>
  port === 'any' ? protocol : `${protocol} ${'name' in port ? port.name : port.from}`

/** Rules about these very ports get a peer. */
function withPeer({ port }: Question, visual: Visual, shown: Side, named: NamedPeer): readonly Part[] {
  return allowing(shown)
    .filter(({ value }) => value.peers.are === 'some' && value.requests.are === 'everything' && isOnly(value, port))
    .map(({ path }) => ({
      how: 'add-peer',
      words: `Add ${named.words} to the rule for ${portWords(port)} of ${policyName(visual.ref)} (${pathText(path)})`,
      ref: visual.ref,
      edits: [{ edit: 'add-peer', rule: path, peer: named.peer }],
      cautions: named.cautions,
    }))
}

const isOnly = ({ ports }: VisualRule, port: PortChoice) =>
  ports.are === 'some' && ports.items.length === 1 && ports.items.every(({ value }) => sameData(value, port))

/** Rules about this very peer get a port. */
function withPort({ port }: Question, visual: Visual, shown: Side, named: NamedPeer): readonly Part[] {
  const same = ({ value }: At<VisualRule>) =>
    value.peers.are === 'some' &&
    value.peers.items.every((item) => sameData(item.value, named.peer)) &&
    value.ports.are === 'some' &&
    value.requests.are === 'everything'
  return allowing(shown)
    .filter(same)
    .map(({ path }) => ({
      how: 'widen-ports',
      words: `Add ${portWords(port)} to the rule for ${named.words} of ${policyName(visual.ref)} (${pathText(path)})`,
      ref: visual.ref,
      edits: [{ edit: 'add-port', rule: path, port }],
      cautions: named.cautions,
    }))
}

function withRule({ port }: Question, visual: Visual, { direction }: Judgement, named: NamedPeer, at?: number): Part {
  const rule = { action: 'allow', peers: [named.peer], ports: [port], requests: 'everything' } as const
  const side = direction === 'ingress' ? 'from' : 'to'
  const where = at === undefined ? 'to' : 'before the rule that denies in'
  return {
    how: 'add-rule',
    words: `Add a rule for ${portWords(port)} ${side} ${named.words} ${where} ${policyName(visual.ref)}`,
    ref: visual.ref,
    edits: [{ edit: 'add-rule', direction, rule, ...(at === undefined ? {} : { at }) }],
    cautions: named.cautions,
  }
}

/** A rule denies: nothing behind it can overrule it, so the object that has it is changed. */
function beforeDeny(question: Question, side: Judgement): Ways {
  const { ground, compiled } = question
  const { other } = endsOf(question, side)
  const { rule } = side
  const found = rule && policyAt(ground, rule.policy)
  const name = rule ? policyName(rule.policy) : 'A policy'
  const stands = `${name} denies this by a rule, which no policy behind it can overrule.`
  if (!rule || !found) return { ways: [], notes: [stands, `${name} is edited as YAML only.`] }
  const { visual } = found
  if (visual.dialect === 'istio-peer-authentication') return plaintext(question, visual)
  const shown = visual.sides.flatMap(({ rules }) => rules).find(({ path }) => rule.path.startsWith(pathText(path)))
  const at = shown?.path.at(-1)
  if (!shown || typeof at !== 'number') return { ways: [], notes: [stands] }
  const words = `${name} (${pathText(shown.path)})`
  const gone: Part = {
    how: 'remove-rule',
    words: `Take the rule that denies out of ${words}`,
    ref: visual.ref,
    edits: [{ edit: 'remove-rule', rule: shown.path }],
    cautions: ['Everything else that this rule denied is denied no longer by it.'],
  }
  const peers = peersFor(compiled, visual, side.direction, other)
  const before = visual.can.ordered ? peers.map((named) => withRule(question, visual, side, named, at)) : []
  const narrowed = removals(visual, shown, peers)
  return {
    ways: [...before, ...narrowed, ...(visual.can.ordered ? [] : [gone])].map((part) => [part]),
    notes: [stands],
  }
}

/** Where the rule names the other end by itself, without it. */
export function removals(
  visual: Visual,
  { path, value }: At<VisualRule>,
  peers: readonly NamedPeer[],
): readonly Part[] {
  if (value.peers.are !== 'some' || value.peers.items.length < 2) return []
  return value.peers.items
    .filter((item) => peers.some(({ peer }) => sameData(peer, item.value)))
    .map((item) => ({
      how: 'remove-peer',
      words: `Take ${peers[0]?.words ?? 'the peer'} out of ${policyName(visual.ref)} (${pathText(path)})`,
      ref: visual.ref,
      edits: [{ edit: 'remove-peer', rule: path, peer: item.path }],
      cautions: [],
    }))
}

/** STRICT refuses who proves no identity. */
function plaintext({ port }: Question, visual: Visual): Ways {
  const number = port.port === 'any' || 'name' in port.port ? null : port.port.from
  const ports = visual.subject.value.pods
  const selects = 'terms' in ports && ports.terms.length > 0
  const cautions = [
    'Then what comes without mTLS is taken, unencrypted and from anybody. A proxy at the source is better.',
  ]
  const part: Part = {
    how: 'add-rule',
    words: `Take plaintext ${selects && number !== null ? `on TCP ${number} ` : ''}in ${policyName(visual.ref)}`,
    ref: visual.ref,
    edits: [{ edit: 'set-mtls', port: selects ? number : null, mode: 'PERMISSIVE' }],
    cautions,
  }
  return { ways: [[part]], notes: [`${policyName(visual.ref)} asks for mTLS, and the source proves no identity.`] }
}

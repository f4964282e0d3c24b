import { compileCidr } from '../../../cidr'
import type { Judgement } from '../../decision'
import { endName } from '../../explain'
import { policyName } from '../../policy-name'
import { sameData } from '../object-op'
import { type Path, pathText } from '../path'
import type { NewRule, PolicyEdit } from '../policy-edit'
import type { At, Peer, PortChoice, Visual, VisualRule } from '../visual'
import { removals } from './allow-side'
import { newDeny } from './new-deny'
import { endsOf, type Part, policyAt, type Question, type Ways } from './part'
import { type NamedPeer, peersFor } from './peers-for'

/** Ways to stop a connection at one side that lets it pass. */
export function denySide(question: Question, side: Judgement): Ways {
  const { own, other } = endsOf(question, side)
  if (!own) return { ways: [], notes: [] }
  const fresh = newDeny(question, side)
  const found = side.rule && policyAt(question.ground, side.rule.policy)
  if (!side.rule || !found) return fresh
  const { visual } = found
  const peers = peersFor(question.compiled, visual, side.direction, other)
  const shown = visual.sides
    .flatMap(({ rules }) => rules)
    .find(({ path }) => side.rule?.path.startsWith(pathText(path)))
  const ways = [
    ...(shown ? narrowed(question, visual, shown, peers) : []),
    ...denials(question, visual, side, shown, peers),
  ]
  const wide = `The rule of ${policyName(visual.ref)} that lets ${endName(other)} pass names more than it alone.`
  return {
    ways: [...ways.map((part) => [part]), ...fresh.ways],
    notes: ways.length === 0 ? [wide, ...fresh.notes] : fresh.notes,
  }
}

const portWords = ({ protocol, port }: PortChoice) =>
  port === 'any' ? protocol : `${protocol} ${'name' in port ? port.name : port.from}`

/** The rule that lets it pass without this peer, or without this port, or without the address. */
function narrowed(
  { port, flow }: Question,
  visual: Visual,
  shown: At<VisualRule>,
  peers: readonly NamedPeer[],
): readonly Part[] {
  const { path, value } = shown
  if (value.action !== 'allow') return []
  const where = `${policyName(visual.ref)} (${pathText(path)})`
  const part = (
    how: Part['how'],
    words: string,
    edits: readonly PolicyEdit[],
    cautions: readonly string[] = [],
  ): Part => ({
    how,
    words,
    ref: visual.ref,
    edits,
    cautions,
  })
  const items = value.peers.are === 'some' ? value.peers.items : []
  const ports = value.ports.are === 'some' ? value.ports.items : []
  const own = items.find((item) => peers.some(({ peer }) => sameData(peer, item.value)))
  const name = peers[0]?.words ?? 'the peer'
  const same = ports.find(({ value: one }) => sameData(one, port))
  const rest = ports.filter((one) => one !== same).map(({ value: one }) => one)
  const found: Part[] = []
  if (own && items.length === 1 && same && rest.length > 0)
    found.push(
      part('remove-peer', `Take ${portWords(port)} out of the rule for ${name} of ${where}`, [
        { edit: 'remove-port', rule: path, port: same.path },
      ]),
    )
  if (own && items.length > 1 && same && rest.length > 0)
    found.push(
      part('remove-peer', `Let ${name} pass on the other ports only, in ${where}`, splitOff(visual, shown, own, rest)),
    )
  found.push(...removals(visual, shown, peers))
  if (own && items.length === 1)
    found.push(part('remove-rule', `Take the rule for ${name} out of ${where}`, [{ edit: 'remove-rule', rule: path }]))
  const address = [flow.from, flow.to].flatMap((end) => (end.type === 'external' ? [end.address] : []))[0]
  for (const item of items) {
    const by = address === undefined ? null : withoutAddress(item.value, address)
    if (by)
      found.push(
        part('except', `Except ${address} from the range of ${where}`, [
          { edit: 'replace-peer', rule: path, peer: item.path, by },
        ]),
      )
  }
  return found
}

function splitOff(
  visual: Visual,
  { path }: At<VisualRule>,
  own: At<Peer>,
  rest: readonly PortChoice[],
): readonly PolicyEdit[] {
  const direction = visual.sides.find(({ rules }) => rules.some((rule) => rule.path === path))?.direction ?? 'ingress'
  const rule: NewRule = { action: 'allow', peers: [own.value], ports: rest, requests: 'everything' }
  return [
    { edit: 'add-rule', direction, rule },
    { edit: 'remove-peer', rule: path, peer: own.path },
  ]
}

/** null: the address is not a smaller part of the range. */
function withoutAddress(peer: Peer, address: string): Peer | null {
  const [cidr] = peer.is === 'range' ? peer.cidrs : []
  if (peer.is !== 'range' || peer.cidrs.length !== 1 || cidr === undefined) return null
  const single = `${address}/${address.includes(':') ? 128 : 32}`
  return compileCidr(cidr)?.(address) && cidr !== single ? { ...peer, except: [...peer.except, single] } : null
}

/** A rule that denies, where the kind has such: before the one that lets it pass. */
function denials(
  { port }: Question,
  visual: Visual,
  { direction }: Judgement,
  shown: At<VisualRule> | undefined,
  peers: readonly NamedPeer[],
): readonly Part[] {
  if (visual.can.actionOf !== 'rule' || !visual.can.actions.includes('deny')) return []
  const at = visual.can.ordered ? lastStep(shown?.path) : undefined
  return peers.map(({ peer, words, cautions }) => ({
    how: 'add-rule',
    words: `Add a rule to ${policyName(visual.ref)} that denies ${portWords(port)} ${direction === 'ingress' ? 'from' : 'to'} ${words}`,
    ref: visual.ref,
    edits: [
      {
        edit: 'add-rule',
        direction,
        rule: { action: 'deny', peers: [peer], ports: [port], requests: 'everything' },
        ...(at === undefined ? {} : { at }),
      },
    ],
    cautions,
  }))
}

function lastStep(path: Path | undefined): number | undefined {
  const last = path?.at(-1)
  return typeof last === 'number' ? last : undefined
}

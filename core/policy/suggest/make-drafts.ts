import type { Workload } from '../model'
import type { Direction } from '../normal-form'
import type { ChosenLabels } from './choose-labels'
import type { Claim } from './claim'
import { dnsPort, dnsProtocols, type DnsServers, usualDns } from './dns-peers'
import { type PeerSeed, podsSeed, rangeSeed, type SeedContext, seedsFor } from './peer-seed'
import type { SuggestedPort, SuggestOptions } from './suggestion'

/** One policy to be: whom it selects and what it lets pass. */
export type Draft = {
  readonly namespace: string
  readonly chosen: ChosenLabels
  /** Whose claims it is made of. */
  readonly workloads: readonly Workload[]
  /** null: says nothing of that direction. */
  readonly sides: Readonly<Record<Direction, readonly Atom[] | null>>
}

/** One peer on one port, with the claims that it is there for. */
export type Atom = SuggestedPort & {
  readonly purpose: 'traffic' | 'dns'
  readonly seed: PeerSeed
  readonly claims: readonly Claim[]
}

export type DraftContext = SeedContext & {
  readonly options: SuggestOptions
  readonly directions: readonly Direction[]
  readonly dns: DnsServers
  /** Whom a workload is selected together with. */
  readonly subjectOf: (workload: Workload) => ChosenLabels
}

/**
 * The fewest atoms that satisfy all claims, as policies. Whoever selects more comes first: what its policy allows the
 * others needs no rule in theirs, since policies add up.
 */
export function makeDrafts(claims: readonly Claim[], context: DraftContext): readonly Draft[] {
  const groups = new Map<
    string,
    { readonly chosen: ChosenLabels; readonly namespace: string; readonly claims: Claim[] }
  >()
  for (const claim of claims) {
    const { namespace } = claim.own
    const chosen = context.subjectOf(claim.own)
    const key = JSON.stringify([namespace, chosen.labels])
    const group = groups.get(key)
    if (group) group.claims.push(claim)
    else groups.set(key, { chosen, namespace, claims: [claim] })
  }
  const sorted = [...groups]
    .sort(([a, one], [b, other]) => other.chosen.selects.length - one.chosen.selects.length || (a < b ? -1 : 1))
    .map(([, group]) => group)
  const drafts: Draft[] = []
  for (const { chosen, namespace, claims: own } of sorted) {
    const broader = drafts.filter((one) => one.namespace === namespace)
    const left = own.filter((claim) => !broader.some((draft) => allows(draft, claim)))
    if (left.length > 0) drafts.push(draftOf(namespace, chosen, left, context))
  }
  return drafts
}

const allows = ({ chosen, sides }: Draft, claim: Claim): boolean =>
  chosen.selects.includes(claim.own) && (sides[claim.direction] ?? []).some((atom) => covers(atom, claim))

const covers = ({ protocol, port, seed }: Omit<Atom, 'claims'>, claim: Claim): boolean =>
  protocol === claim.flow.flow.protocol && port === claim.flow.flow.port && seed.covers(claim)

function draftOf(namespace: string, chosen: ChosenLabels, claims: readonly Claim[], context: DraftContext): Draft {
  const sideOf = (direction: Direction): readonly Atom[] | null => {
    const own = claims.filter((claim) => claim.direction === direction)
    if (!context.directions.includes(direction)) return null
    if (own.length === 0 && context.options.isolate === 'seen') return null
    const first = direction === 'egress' ? dnsAtoms(context) : []
    return atomsOf(own, first, context)
  }
  return {
    namespace,
    chosen,
    workloads: [...new Set(claims.map(({ own }) => own))],
    sides: { ingress: sideOf('ingress'), egress: sideOf('egress') },
  }
}

/** Every claim goes to the first atom that covers it; atoms that get none are not needed (but those of DNS). */
function atomsOf(claims: readonly Claim[], first: readonly Atom[], context: DraftContext): readonly Atom[] {
  const ports = new Map<string, Claim[]>()
  for (const claim of claims) {
    const key = `${claim.flow.flow.protocol}/${claim.flow.flow.port}`
    const same = ports.get(key)
    if (same) same.push(claim)
    else ports.set(key, [claim])
  }
  const seen = first.map((atom) => ({ ...atom, claims: claims.filter((claim) => covers(atom, claim)) }))
  const done = new Set(seen.flatMap((atom) => atom.claims))
  const traffic = [...ports.values()].flatMap((all) => {
    let left = all.filter((claim) => !done.has(claim))
    const [one] = left
    if (!one) return []
    const { protocol, port } = one.flow.flow
    return seedsFor(left, context).flatMap((seed): readonly Atom[] => {
      const own = left.filter((claim) => seed.covers(claim))
      left = left.filter((claim) => !seed.covers(claim))
      return own.length === 0 ? [] : [{ purpose: 'traffic', seed, protocol, port, claims: own }]
    })
  })
  return [...seen, ...traffic]
}

function dnsAtoms({ dns, labelsOf }: DraftContext): readonly Atom[] {
  const pods = dns.pods.map(({ workload, ports }) => ({
    seed: podsSeed(workload.namespace, labelsOf(workload)),
    ports,
  }))
  const usual = pods.length > 0 ? [] : [{ seed: podsSeed(usualDns.namespace, usualDns), ports: [dnsPort] }]
  const local = dns.localAddresses.map((address) => ({
    seed: rangeSeed(`${address}/${address.includes(':') ? 128 : 32}`, 1),
    ports: [dnsPort],
  }))
  const atoms = new Map<string, Atom>()
  for (const { seed, ports } of [...pods, ...usual, ...local])
    for (const protocol of dnsProtocols)
      for (const port of ports)
        atoms.set(`${seed.key}/${protocol}/${port}`, { purpose: 'dns', seed, protocol, port, claims: [] })
  return [...atoms.values()]
}

import type { End } from '../decision'
import { portsMatch } from '../match-ports'
import type { SelectedTier } from '../select-blocks'
import { isolationOf } from '../judge-tier'
import type { Workload } from '../model'
import type { Direction, Rule } from '../normal-form'
import { requestMatches } from '../request-match'
import { no, yes } from '../tri'
import { addBits, addShared, type Bits, dropBits, emptyBits, fullBits, hasBit, isEmptyBits, keepBits } from './bitset'
import type { EndFinder, MatchBits } from './match-bits'
import { type NamedPorts, portBits, type PortPart, portParts } from './port-bits'

/** What one workload lets pass in one direction: for each part of the ports, the other ends. */
export type Row = readonly RowPart[]
export type RowPart = PortPart & {
  readonly allowed: Bits
  /** Neither surely allowed nor surely denied; null: none. */
  readonly open: Bits | null
}

export type RowMaker = {
  readonly size: number
  readonly find: EndFinder
  readonly named: NamedPorts
  /** Whether tiers say that blocks of one order have none among them. */
  readonly openTies: boolean
  /** Stands for an end of which nothing is looked up. */
  readonly nobody: End
}

/** Reads tiers as `judgeTier` does, for all other ends at once. `i`: number of the workload. */
export function makeRow(
  maker: RowMaker,
  tiers: readonly SelectedTier[],
  at: { readonly workload: Workload; readonly i: number; readonly direction: Direction },
): Row {
  const own = at.workload.ports
  const numbersOf = (name: string, protocol: PortPart['protocol']) =>
    at.direction === 'egress'
      ? maker.named.numbers(name, protocol).keys()
      : own.filter((port) => port.name === name && port.protocol === protocol).map(({ port }) => port)
  const rules = tiers.flatMap(({ blocks }) => blocks.flatMap(({ block }) => block.rules))
  return portParts(rules, numbersOf).map((part) => readPart(maker, tiers, at, part))
}

function readPart(
  maker: RowMaker,
  tiers: readonly SelectedTier[],
  at: Parameters<typeof makeRow>[2],
  part: PortPart,
): RowPart {
  const { size } = maker
  const allow = emptyBits(size)
  const deny = emptyBits(size)
  let alive = fullBits(size)
  for (const { tier, blocks } of tiers) {
    const next = emptyBits(size)
    let from = alive
    let settled = emptyBits(size)
    let order: number | null = null
    for (const { block, selects } of blocks) {
      if (!(tier.ties === 'open' && maker.openTies && block.order === order)) {
        from = alive.slice()
        dropBits(from, settled)
        alive = from
        settled = emptyBits(size)
      }
      order = block.order
      const reading = from.slice()
      for (const rule of block.rules) {
        if (rule.action === 'log') continue
        const match = ruleBits(maker, rule, at, part)
        if (match === null) continue
        if (rule.action === 'pass') addShared(next, reading, match.may)
        if (rule.action === 'allow' || rule.action === 'unknown') addShared(allow, reading, match.may)
        if (rule.action === 'deny' || rule.action === 'unknown' || rule.action === 'ask')
          addShared(deny, reading, match.may)
        if (rule.action === 'unknown' || rule.action === 'ask') continue
        if (selects === yes) addShared(settled, reading, match.sure)
        dropBits(reading, match.sure)
      }
    }
    dropBits((alive = alive.slice()), settled)
    const isolated = isolationOf(blocks)
    if (tier.end === 'deny' && isolated !== no) addBits(deny, alive)
    if (tier.end === 'next' || isolated !== yes) addBits(next, alive)
    alive = next
  }
  addBits(allow, alive)
  const open = allow.slice()
  keepBits(open, deny)
  dropBits(allow, open)
  return { ...part, allowed: allow, open: isEmptyBits(open) ? null : open }
}

/** Other ends that a rule matches in a part of the ports; null: none. */
function ruleBits(maker: RowMaker, rule: Rule, at: Parameters<typeof makeRow>[2], part: PortPart): MatchBits | null {
  const ports = portBits(rule.ports, part, (name, within) => namedHere(maker, name, at, within), maker.size)
  if (ports === false) return null
  const request = rule.request ? requestMatches(rule.request, undefined) : yes
  const own = rule.own ? maker.find(rule.own, at.workload) : null
  const source = rule.sourcePorts ? portsMatch(rule.sourcePorts, part.protocol, null, maker.nobody) : yes
  if (request === no || source === no || (own && !hasBit(own.may, at.i))) return null
  const peer = maker.find(rule.peer, at.workload)
  const sure = request === yes && source === yes && (!own || hasBit(own.sure, at.i))
  const may = ports === true ? peer.may : kept(peer.may, ports)
  if (!sure) return { may, sure: emptyBits(maker.size) }
  return { may, sure: ports === true ? peer.sure : kept(peer.sure, ports) }
}

function kept(bits: Bits, other: Bits): Bits {
  const both = bits.slice()
  keepBits(both, other)
  return both
}

/** A name is looked up on the destination: this workload for ingress, each other end for egress. */
function namedHere(maker: RowMaker, name: string, at: Parameters<typeof makeRow>[2], part: PortPart): Bits | boolean {
  if (at.direction === 'egress') return maker.named.numbers(name, part.protocol).get(part.from) ?? false
  return at.workload.ports.some(
    (port) => port.name === name && port.protocol === part.protocol && port.port === part.from && part.to === part.from,
  )
}

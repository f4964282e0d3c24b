import type { SelectedBlock, SelectedTier } from '../select-blocks'
import { groupsOf, isolationOf } from '../judge-tier'
import type { Workload } from '../model'
import type { Direction, Rule } from '../normal-form'
import { requestMatches } from '../request-match'
import { no, yes } from '../tri'
import {
  addBits,
  addShared,
  type Bits,
  dropBits,
  emptyBits,
  fillBits,
  hasBit,
  isEmptyBits,
  keepBits,
  copyBits,
} from './bitset'
import type { EndFinder } from './match-bits'
import type { PortPart } from './port-bits'
import type { LayoutMaker } from './port-layout'

/** What one workload lets pass in one direction: for each part of the ports, the other ends. */
export type Row = readonly RowPart[]
export type RowPart = PortPart & {
  readonly allowed: Bits
  /** Neither surely allowed nor surely denied; null: none. */
  readonly open: Bits | null
}

/** Whose row it is; `i`: its number. */
export type RowOwner = { readonly workload: Workload; readonly i: number; readonly direction: Direction }

export type RowMaker = {
  readonly size: number
  readonly find: EndFinder
  readonly layOut: LayoutMaker
  /** What is written over while a row is made. */
  readonly scratch: { readonly alive: Bits; readonly next: Bits; readonly deny: Bits }
  /** Whether tiers say that blocks of one order have none among them. */
  readonly openTies: boolean
}

/** Reads tiers as `judgeTier` does, for all other ends at once; parts in which the same rules speak are read once. */
export function makeRow(maker: RowMaker, tiers: readonly SelectedTier[], at: RowOwner): Row {
  const rules = tiers.flatMap(({ blocks }) => blocks.flatMap(({ block }) => block.rules))
  const { parts, groupOf, reach } = maker.layOut(rules, at.workload, at.direction)
  const passing = reach.map((own) => readTiers(maker, tiers, at, own))
  const row: RowPart[] = []
  for (const [i, { protocol, from, to }] of parts.entries()) {
    const found = passing[groupOf[i] ?? -1]
    if (found) row.push({ protocol, from, to, allowed: found.allowed, open: found.open })
  }
  return row
}

type Passing = Pick<RowPart, 'allowed' | 'open'>

function readTiers(
  maker: RowMaker,
  tiers: readonly SelectedTier[],
  at: RowOwner,
  reach: readonly (Bits | boolean)[],
): Passing {
  const { size } = maker
  let first = 0
  const allow = emptyBits(size)
  const { deny } = maker.scratch
  deny.fill(0)
  let { alive, next } = maker.scratch
  fillBits(alive, size)
  for (const { tier, blocks } of tiers) {
    next.fill(0)
    const ends = { allow, deny, next }
    for (const group of groupsOf(blocks, tier.ties === 'open' && maker.openTies)) {
      const [only] = group
      const own = reach.slice(first, (first += group.reduce((sum, { block }) => sum + block.rules.length, 0)))
      if (group.length === 1 && only?.selects === yes) readBlock(maker, only, at, own, alive, ends)
      else alive.set(readTogether(maker, group, at, own, alive, ends))
    }
    const isolated = isolationOf(blocks)
    if (tier.end === 'deny' && isolated !== no) addBits(deny, alive)
    if (tier.end === 'next' || isolated !== yes) addBits(next, alive)
    ;[alive, next] = [next, alive]
  }
  addBits(allow, alive)
  keepBits(deny, allow)
  dropBits(allow, deny)
  return { allowed: allow, open: isEmptyBits(deny) ? null : copyBits(deny) }
}

type Ends = { readonly allow: Bits; readonly deny: Bits; readonly next: Bits }

/** Blocks that have no order among them, or one that only may select: each reads all that was left before them. */
function readTogether(
  maker: RowMaker,
  group: readonly SelectedBlock[],
  at: RowOwner,
  reach: readonly (Bits | boolean)[],
  alive: Bits,
  ends: Ends,
): Bits {
  const left = copyBits(alive)
  let first = 0
  for (const one of group) {
    const reading = copyBits(alive)
    const own = reach.slice(first, (first += one.block.rules.length))
    const undecided = readBlock(maker, one, at, own, reading, ends)
    if (one.selects === yes) keepBits(left, undecided)
  }
  return left
}

/** Takes from `reading` whom a rule surely matches; @returns it. */
function readBlock(
  maker: RowMaker,
  { block }: SelectedBlock,
  at: RowOwner,
  reach: readonly (Bits | boolean)[],
  reading: Bits,
  ends: Ends,
): Bits {
  for (const [i, rule] of block.rules.entries()) {
    const ports = reach[i] ?? false
    const match = ports === false ? null : ruleBits(maker.find, rule, at, ports)
    if (match === null) continue
    const { action } = rule
    if (action === 'pass') addShared(ends.next, reading, match.may)
    if (action === 'allow' || action === 'unknown') addShared(ends.allow, reading, match.may)
    if (action === 'deny' || action === 'unknown' || action === 'ask') addShared(ends.deny, reading, match.may)
    if (action !== 'unknown' && action !== 'ask' && match.sure) dropBits(reading, match.sure)
  }
  return reading
}

/** Other ends that a rule matches where its ports hold; `sure` null: none surely. */
export function ruleBits(
  find: EndFinder,
  rule: Rule,
  at: RowOwner,
  ports: Bits | true,
): { may: Bits; sure: Bits | null } | null {
  const request = rule.request ? requestMatches(rule.request, undefined) : yes
  const own = rule.own ? find(rule.own, at.workload) : null
  if (request === no || (own && !hasBit(own.may, at.i))) return null
  const peer = find(rule.peer, at.workload)
  const sure = request === yes && !rule.sourcePorts && (!own || hasBit(own.sure, at.i))
  const within = (bits: Bits) => (ports === true ? bits : kept(bits, ports))
  return { may: within(peer.may), sure: sure ? within(peer.sure) : null }
}

function kept(bits: Bits, other: Bits): Bits {
  const both = copyBits(bits)
  keepBits(both, other)
  return both
}

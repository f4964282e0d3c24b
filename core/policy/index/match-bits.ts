import type { AddressMatch, EndMatch } from '../end-match'
import { addressesOf } from '../match-address'
import { endMatches } from '../match-end'
import type { Sight } from '../sight'
import { labelsMatch } from '../label-match'
import type { Workload } from '../model'
import { yes } from '../tri'
import { addBits, type Bits, dropBits, emptyBits, fullBits, keepBits, setBit } from './bitset'
import type { Addressed, EndClass, EndTable } from './end-table'

/** Ends that surely fit a condition, and those that may (which holds the sure ones too). Never changed once made. */
export type MatchBits = { readonly sure: Bits; readonly may: Bits }

/** Finds the ends of conditions; each condition is searched for once. */
export type EndFinder = (match: EndMatch, subject: Workload) => MatchBits

const quiet = () => {}

type Key = { readonly key: string; readonly seenFrom: boolean }
const keys = new WeakMap<EndMatch, Key>()

function keyOf(match: EndMatch): Key {
  const known = keys.get(match)
  if (known) return known
  const made = { key: JSON.stringify(match), seenFrom: dependsOnSubject(match) }
  keys.set(match, made)
  return made
}

/** @param sight without a subject: that is given with each question */
export function endFinder(table: EndTable, sight: Omit<Sight, 'subject' | 'doubt'>): EndFinder {
  const known = new Map<string, MatchBits>()
  const find: EndFinder = (match, subject) => {
    const { key, seenFrom } = keyOf(match)
    const full = seenFrom ? `${key} ${subject.mesh} ${subject.nodes.join()}` : key
    const had = known.get(full)
    if (had) return had
    const made = search(match, subject)
    known.set(full, made)
    return made
  }
  const search = (match: EndMatch, subject: Workload): MatchBits => {
    const { size } = table
    switch (match.is) {
      case 'anything':
        return both(fullBits(size))
      case 'nothing':
        return both(emptyBits(size))
      case 'every': {
        const parts = match.of.map((part) => find(part, subject))
        return { sure: shared(parts.map(({ sure }) => sure)), may: shared(parts.map(({ may }) => may)) }
      }
      case 'some': {
        const parts = match.of.map((part) => find(part, subject))
        return { sure: joined(parts.map(({ sure }) => sure)), may: joined(parts.map(({ may }) => may)) }
      }
      case 'not': {
        const { sure, may } = find(match.of, subject)
        return { sure: without(may), may: without(sure) }
      }
      case 'address':
        return addressBits(match, subject)
      default:
        return classBits(match, subject, candidates(match))
    }
  }
  const joined = (parts: readonly Bits[]) => fold(emptyBits(table.size), parts, addBits)
  const shared = (parts: readonly Bits[]) => fold(fullBits(table.size), parts, keepBits)
  const without = (bits: Bits) => fold(fullBits(table.size), [bits], dropBits)

  const classBits = (match: EndMatch, subject: Workload, classes: readonly EndClass[]): MatchBits => {
    const sure = emptyBits(table.size)
    const may = emptyBits(table.size)
    const seen: Sight = { ...sight, subject, doubt: quiet }
    for (const { end, members } of classes) {
      const value = endMatches(match, end, seen)
      for (const i of value > 0 ? members : []) {
        setBit(may, i)
        if (value === yes) setBit(sure, i)
      }
    }
    return { sure, may }
  }
  /** A condition on workloads of named namespaces is looked for there only, and among what is no workload. */
  const candidates = (match: EndMatch): readonly EndClass[] => {
    if (match.is !== 'workload' || match.namespace.by === 'any') return table.classes
    const { namespace } = match
    const names =
      namespace.by === 'name'
        ? namespace.names
        : [...table.byNamespace.keys()].filter(
            (name) => name !== null && labelsMatch(namespace.labels, sight.namespace(name)?.labels ?? {}),
          )
    return [...names, null].flatMap((name) => table.byNamespace.get(name) ?? [])
  }
  const addressBits = (match: AddressMatch, subject: Workload): MatchBits => {
    const seen: Sight = { ...sight, subject, doubt: quiet }
    const sure = emptyBits(table.size)
    const may = emptyBits(table.size)
    const add = (i: number) => {
      const end = table.ends[i]
      const value = end ? endMatches(match, end, seen) : 0
      if (value > 0) setBit(may, i)
      if (value === yes) setBit(sure, i)
    }
    for (const i of table.otherAddresses) add(i)
    for (const { bits, first, last } of addressesOf(match)) {
      const list = table.addresses[bits]
      for (let at = firstAtLeast(list, first); (list[at]?.address ?? last + 1n) <= last; at++) add(list[at]?.end ?? -1)
    }
    return { sure, may }
  }
  return find
}

const both = (bits: Bits): MatchBits => ({ sure: bits, may: bits })

function fold(into: Bits, parts: readonly Bits[], apply: (into: Bits, part: Bits) => void): Bits {
  for (const part of parts) apply(into, part)
  return into
}

/** Whether who asks changes the answer: its node, or its proxy. */
export function dependsOnSubject(match: EndMatch): boolean {
  switch (match.is) {
    case 'every':
    case 'some':
      return match.of.some(dependsOnSubject)
    case 'not':
      return dependsOnSubject(match.of)
    case 'identity':
      return true
    case 'place':
      return match.places.includes('own-node') || match.places.includes('other-node')
    default:
      return false
  }
}

function firstAtLeast(list: readonly Addressed[], address: bigint): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle]?.address ?? 0n) < address) low = middle + 1
    else high = middle
  }
  return low
}

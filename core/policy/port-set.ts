import { allPorts, highestPort, lowestPort, type PortRange, type PortSet } from './ports'

/** Sorts ranges, joins those that touch, drops empty ones. */
export function portSet(ranges: readonly PortRange[]): PortSet {
  const sorted = ranges.filter(({ from, to }) => from <= to).sort((a, b) => a.from - b.from)
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of sorted) {
    const last = joined.at(-1)
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to)
    else joined.push({ from, to })
  }
  return joined
}

export const unionPorts = (a: PortSet, b: PortSet): PortSet => portSet([...a, ...b])

export function intersectPorts(a: PortSet, b: PortSet): PortSet {
  const shared: PortRange[] = []
  for (const one of a)
    for (const other of b) shared.push({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) })
  return portSet(shared)
}

/** Every port that is not in it. */
export function complementPorts(set: PortSet): PortSet {
  const gaps: PortRange[] = []
  let next = lowestPort
  for (const { from, to } of set) {
    gaps.push({ from: next, to: from - 1 })
    next = to + 1
  }
  return portSet([...gaps, { from: next, to: highestPort }])
}

export const subtractPorts = (a: PortSet, b: PortSet): PortSet => intersectPorts(a, complementPorts(b))

export const hasPort = (set: PortSet, port: number): boolean => set.some(({ from, to }) => port >= from && port <= to)

export const samePorts = (a: PortSet, b: PortSet): boolean =>
  a.length === b.length && a.every(({ from, to }, i) => b[i]?.from === from && b[i]?.to === to)

export const isAllPorts = (set: PortSet): boolean => samePorts(set, allPorts)

/** `80`, `443-444`. */
export const portTexts = (set: PortSet): readonly string[] =>
  set.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))

import { textHash } from '@/core/text/text-hash'
import { bodyAt, linkLength, type Body, type LayoutInput } from './layout-input'
import { freePlaces } from './layout-free-place'
import { discPoint, partRegions, type Regions } from './layout-regions'

/**
 * Bodies for a graph of which most nodes are remembered: these stay (pinned, unless they neighbour a new node). New nodes
 * start at the mean of their neighbours, else in their region; those that stand alone where there is room. A region that
 * is wholly new (just unfolded) opens where its folded node stood and moves the others aside as wholes.
 */
export function placeNew(input: LayoutInput, regions: Regions): Body[] {
  const n = input.ids.length
  const isNew = (i: number) => Number.isNaN(input.known[2 * i])
  const bodies = Array.from({ length: n }, (_, i) =>
    bodyAt(i, input.known[2 * i] ?? NaN, input.known[2 * i + 1] ?? NaN),
  )
  const neighbours: number[][] = Array.from({ length: n }, () => [])
  for (let e = 0; e < input.links.length; e += 2) {
    const a = input.links[e] ?? 0
    const b = input.links[e + 1] ?? 0
    if (isNew(a)) neighbours[a]?.push(b)
    if (isNew(b)) neighbours[b]?.push(a)
  }
  const placed = (list: readonly number[]) =>
    list.map((i) => bodies[i]).filter((b) => b && !Number.isNaN(b.x)) as Body[]
  regions.members.forEach((members, region) => {
    if (members.some((i) => !isNew(i)) || members.length < 2) return
    const hint = members.find((i) => !Number.isNaN(input.hints[2 * i]))
    const around = mean(placed(members.flatMap((i) => neighbours[i] ?? [])))
    const [x, y] =
      hint === undefined ? (around ?? outside(bodies)) : [input.hints[2 * hint] ?? 0, input.hints[2 * hint + 1] ?? 0]
    members.forEach((i, k) => {
      const [dx, dy] = discPoint(k, members.length, regions.radius[region] ?? 30)
      bodies[i] = bodyAt(i, x + dx, y + dy)
    })
  })
  const free = freePlaces(bodies, regions, input.halfWidths)
  let searches = 0
  for (let i = 0; i < n; i++) {
    const body = bodies[i]
    if (!body || !Number.isNaN(body.x)) continue
    const kin = placed(regions.members[regions.of[i] ?? 0] ?? [])
    const hint = Number.isNaN(input.hints[2 * i])
      ? null
      : ([input.hints[2 * i] ?? 0, input.hints[2 * i + 1] ?? 0] as const)
    const home = mean(kin)
    const around = mean(placed(neighbours[i] ?? []))
    const isAlone = !hint && home === null && around !== null && ++searches <= mostSearches
    const place = isAlone ? free.find(around, input.halfWidths[i] ?? 20) : null
    if (place) {
      body.x = place[0]
      body.y = place[1]
      free.take(body)
      continue
    }
    const [x, y] = hint ?? blend(home, around) ?? outside(bodies)
    // The same id enters at the same side every time.
    const angle = (textHash(input.ids[i] ?? '') / 2 ** 32) * 2 * Math.PI
    body.x = x + (hint ? 0 : 0.5 * linkLength * Math.cos(angle))
    body.y = y + (hint ? 0 : 0.5 * linkLength * Math.sin(angle))
  }
  settleRegions(regions, bodies, isNew)
  pinFar(bodies, neighbours, isNew)
  return bodies
}

/** So many at a time get a place looked for, which bounds the cost: the others enter beside whom they are linked to. */
const mostSearches = 60

/** Region centres and radii as the nodes now lie; wholly new regions push the others aside. */
function settleRegions(regions: Regions, bodies: Body[], isNew: (i: number) => boolean): void {
  let opened = false
  regions.members.forEach((members, region) => {
    const own = members.map((i) => bodies[i] as Body)
    const [x, y] = mean(own) ?? [0, 0]
    regions.x[region] = x
    regions.y[region] = y
    const reach = Math.max(...own.map((b) => Math.hypot(b.x - x, b.y - y)))
    regions.radius[region] =
      own.length === 1 ? 30 : Math.max(reach + 34, members.some(isNew) ? (regions.radius[region] ?? 0) : 0)
    if (members.length > 1 && members.every(isNew)) opened = true
  })
  if (!opened) return
  const before = [regions.x.slice(), regions.y.slice()] as const
  partRegions(regions)
  for (const b of bodies) {
    const region = regions.of[b.index] ?? 0
    b.x += (regions.x[region] ?? 0) - (before[0][region] ?? 0)
    b.y += (regions.y[region] ?? 0) - (before[1][region] ?? 0)
  }
}

function pinFar(
  bodies: readonly Body[],
  neighbours: readonly (readonly number[])[],
  isNew: (i: number) => boolean,
): void {
  const near = new Set(neighbours.flat())
  for (const b of bodies) {
    if (isNew(b.index) || near.has(b.index)) continue
    b.fx = b.x
    b.fy = b.y
  }
}

const mean = (list: readonly Body[]): readonly [number, number] | null =>
  list.length === 0
    ? null
    : [list.reduce((sum, b) => sum + b.x, 0) / list.length, list.reduce((sum, b) => sum + b.y, 0) / list.length]

type Point = readonly [number, number]
const blend = (a: Point | null, b: Point | null): Point | null =>
  a && b ? [0.7 * a[0] + 0.3 * b[0], 0.7 * a[1] + 0.3 * b[1]] : (a ?? b)

/** A place beyond all that is drawn, for what has neither region nor neighbour. */
function outside(bodies: readonly Body[]): Point {
  const known = bodies.filter((b) => !Number.isNaN(b.x))
  if (known.length === 0) return [0, 0]
  return [known.reduce((m, b) => Math.max(m, b.x), -Infinity) + 2 * linkLength, mean(known)?.[1] ?? 0]
}

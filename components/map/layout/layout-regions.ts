import { forceCollide, forceLink, forceSimulation, forceX, forceY } from 'd3-force'
import { bodyAt, halfHeight, type Body, type LayoutInput } from './layout-input'
import { callLevels } from './layout-levels'
import { flatRepulsion } from './layout-repulsion'
import { untidiness } from './layout-untidiness'

/** Where each region lies: `of[i]` is the region of node i. Nodes without a group are regions of their own. */
export type Regions = {
  readonly of: Uint32Array
  readonly members: readonly (readonly number[])[]
  readonly x: Float64Array
  readonly y: Float64Array
  readonly radius: Float64Array
}

type Road = { readonly from: number; readonly to: number; readonly weight: number }

const golden = Math.PI * (3 - Math.sqrt(5))
const apart = 30

/** Groups nodes and gives each region the room that its labels need; the centres are still at 0, 0. */
export function regionsOf(input: LayoutInput): Regions {
  const index = new Map<string, number>()
  const members: number[][] = []
  const of = new Uint32Array(input.ids.length)
  for (let i = 0; i < input.ids.length; i++) {
    const key = input.groups[i] ? `g${input.groups[i]}` : `n${input.ids[i]}`
    let region = index.get(key)
    if (region === undefined) {
      region = members.length
      index.set(key, region)
      members.push([])
    }
    of[i] = region
    members[region]?.push(i)
  }
  const radius = Float64Array.from(members, (list) => {
    const area = list.reduce((sum, i) => sum + (2 * (input.halfWidths[i] ?? 20) + 14) * 2 * halfHeight, 0)
    return list.length === 1
      ? Math.max(30, 0.85 * (input.halfWidths[list[0] ?? 0] ?? 0))
      : Math.sqrt((area * 1.55) / Math.PI) + 16
  })
  return { of, members, radius, x: new Float64Array(members.length), y: new Float64Array(members.length) }
}

/**
 * Places the regions: those that call each other near, callers left, none over another. Few regions are
 * tried from several starts and the tidiest is kept.
 */
export function placeRegions(regions: Regions, links: Uint32Array, linkWeights: Float32Array): void {
  const n = regions.members.length
  const roads = roadsBetween(regions, links, linkWeights)
  const attempts = roads.length > 400 ? 1 : n <= 40 ? 24 : 4
  let best = Infinity
  for (let attempt = 0; attempt < attempts; attempt++) {
    const tried: Regions = { ...regions, ...relax(regions, roads, attempt) }
    partRegions(tried)
    const cost = attempts === 1 ? 0 : untidiness(tried, roads)
    if (cost >= best) continue
    best = cost
    regions.x.set(tried.x)
    regions.y.set(tried.y)
  }
}

function roadsBetween(regions: Regions, links: Uint32Array, linkWeights: Float32Array): Road[] {
  const n = regions.members.length
  const weights = new Map<number, number>()
  for (let e = 0; e < links.length; e += 2) {
    const a = regions.of[links[e] ?? 0] ?? 0
    const b = regions.of[links[e + 1] ?? 0] ?? 0
    if (a !== b) weights.set(a * n + b, (weights.get(a * n + b) ?? 0) + (linkWeights[e / 2] ?? 1))
  }
  return [...weights]
    .sort((a, b) => a[0] - b[0])
    .map(([key, weight]) => ({ from: Math.floor(key / n), to: key % n, weight }))
}

function relax(regions: Regions, roads: readonly Road[], attempt: number) {
  const n = regions.members.length
  const level = callLevels(
    n,
    Uint32Array.from(roads.flatMap((road) => [road.from, road.to])),
    roads.map((road) => road.weight),
  )
  const mean = regions.radius.reduce((a, b) => a + b, 0) / Math.max(1, n)
  const step = mean * 2.4
  const bodies: Body[] = Array.from({ length: n }, (_, i) => {
    const r = mean * 1.3 * Math.sqrt(i + 0.5)
    const angle = (i + 1) * (golden + attempt * 0.91)
    return bodyAt(i, (level[i] ?? 0) * step + 0.3 * r * Math.cos(angle), r * Math.sin(angle))
  })
  const room = (i: number) => (regions.radius[i] ?? 30) + ((regions.members[i]?.length ?? 1) === 1 ? 14 : apart / 2)
  const ends = (l: object) => l as unknown as { source: Body; target: Body; weight: number }
  forceSimulation(bodies)
    .stop()
    .velocityDecay(0.45)
    .alphaDecay(1 - 0.001 ** (1 / 160))
    .force(
      'repel',
      flatRepulsion((i) => -5 * room(i), 6 * mean),
    )
    .force(
      'link',
      forceLink<Body, { source: number; target: number; weight: number }>(
        roads.map((road) => ({ source: road.from, target: road.to, weight: road.weight })),
      )
        .distance((l) => room(ends(l).source.index) + room(ends(l).target.index) + 10)
        .strength((l) => Math.min(0.25, 0.06 + 0.05 * Math.sqrt(l.weight)) / Math.sqrt(roads.length / n + 1)),
    )
    .force('x', forceX<Body>((b) => (level[b.index] ?? 0) * step).strength(n > 40 ? 0.03 : 0.08))
    .force('y', forceY<Body>(0).strength(n > 40 ? 0.2 : 0.11))
    .force(
      'room',
      forceCollide<Body>((b) => room(b.index))
        .strength(0.9)
        .iterations(n > 400 ? 1 : 3),
    )
    .tick(n > 400 ? 80 : 180)
  return { x: Float64Array.from(bodies, (b) => b.x), y: Float64Array.from(bodies, (b) => b.y) }
}

/** Moves whole regions apart until none overlaps (at most 40 rounds). `moves(i)` false holds region i where it is. */
export function partRegions(regions: Regions, moves: (region: number) => boolean = () => true): void {
  const bodies = Array.from(regions.x, (x, i) => {
    const body = bodyAt(i, x, regions.y[i] ?? 0)
    if (!moves(i)) Object.assign(body, { fx: body.x, fy: body.y })
    return body
  })
  const gap = (b: Body) =>
    (regions.radius[b.index] ?? 30) + ((regions.members[b.index]?.length ?? 1) === 1 ? 8 : apart / 2)
  forceSimulation(bodies)
    .stop()
    .velocityDecay(0.9)
    .force('room', forceCollide<Body>(gap).strength(1).iterations(2))
    .tick(40)
  for (const b of bodies) {
    regions.x[b.index] = b.x
    regions.y[b.index] = b.y
  }
}

/** Member k of n on a phyllotaxis disc of this radius. */
export const discPoint = (k: number, n: number, radius: number): readonly [number, number] => {
  const r = n === 1 ? 0 : radius * 0.85 * Math.sqrt((k + 0.5) / n)
  return [r * Math.cos(k * golden), r * Math.sin(k * golden)]
}

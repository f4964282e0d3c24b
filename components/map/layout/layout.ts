import { forceLink, forceSimulation } from 'd3-force'
import { bodyAt, canonical, linkLength, type Body, type LayoutInput } from './layout-input'
import { callLevels } from './layout-levels'
import { discPoint, partRegions, placeRegions, regionsOf, type Regions } from './layout-regions'
import { flatRepulsion } from './layout-repulsion'
import { spacing } from './layout-spacing'
import { placeNew } from './layout-warm'

const maxTicks = 60
/** Below this share of remembered nodes the map is laid out afresh (remembered pins are then lost to the eye anyway). */
const warmShare = 0.4
/** A remembered neighbour of a new node gives way by at most this many pixels. */
const maxYield = 12

/**
 * Positions (x, y per node, in the order of the input) for a graph: two levels (regions, then their
 * members), refined by at most 60 ticks of d3-force. Deterministic and independent of the input's order.
 * Where positions are remembered they are kept; new nodes come in next to their neighbours and only
 * those neighbours give way. `onSeed` gets the unrefined positions at once.
 * Cost: O((n log n + links) × ticks).
 */
export function layout(original: LayoutInput, onSeed?: (positions: Float32Array) => void): Float32Array {
  const { input, order } = canonical(original)
  const n = input.ids.length
  const restore = (at: (i: number) => readonly [number, number]) => {
    const out = new Float32Array(2 * n)
    for (let i = 0; i < n; i++) out.set(at(i), 2 * (order[i] ?? 0))
    return out
  }
  let remembered = 0
  for (let i = 0; i < n; i++) if (!Number.isNaN(input.known[2 * i])) remembered++
  if (remembered === n) return Float32Array.from(original.known)

  const warm = remembered >= warmShare * n
  const regions = regionsOf(input)
  const bodies = warm ? placeNew(input, regions) : seedCold(input, regions)
  const start = Float64Array.from(bodies.flatMap((b) => [b.x, b.y]))
  onSeed?.(restore((i) => [bodies[i]?.x ?? 0, bodies[i]?.y ?? 0]))
  refine(input, regions, bodies, warm)
  if (!warm) separate(regions, bodies, input.halfWidths)
  return restore((i) => {
    const body = bodies[i] ?? bodyAt(i, 0, 0)
    const known = !Number.isNaN(input.known[2 * i])
    if (known && input.pinned[i]) return [input.known[2 * i] ?? 0, input.known[2 * i + 1] ?? 0]
    if (!warm || !known) return [body.x, body.y]
    const x = start[2 * i] ?? 0
    const y = start[2 * i + 1] ?? 0
    const reach = Math.hypot(body.x - x, body.y - y)
    const k = reach > maxYield ? maxYield / reach : 1
    return [x + (body.x - x) * k, y + (body.y - y) * k]
  })
}

function seedCold(input: LayoutInput, regions: Regions): Body[] {
  placeRegions(regions, input.links, input.weights)
  const bodies: Body[] = []
  regions.members.forEach((members, region) => {
    members.forEach((i, k) => {
      const [dx, dy] = discPoint(k, members.length, regions.radius[region] ?? 30)
      bodies[i] = bodyAt(i, (regions.x[region] ?? 0) + dx, (regions.y[region] ?? 0) + dy)
    })
  })
  return bodies
}

function refine(input: LayoutInput, regions: Regions, bodies: Body[], warm: boolean): void {
  const degree = new Float32Array(bodies.length)
  for (const end of input.links) degree[end] = (degree[end] ?? 0) + 1
  const links = Array.from({ length: input.links.length / 2 }, (_, e) => {
    const source = input.links[2 * e] ?? 0
    const target = input.links[2 * e + 1] ?? 0
    return { source, target, inside: regions.of[source] === regions.of[target] }
  })
  const ends = (l: object) => l as unknown as { source: Body; target: Body; inside: boolean }
  forceSimulation(bodies)
    .stop()
    .alpha(warm ? 0.3 : 1)
    .alphaDecay(1 - 0.005 ** (1 / maxTicks))
    .velocityDecay(0.4)
    .force('repel', flatRepulsion(-38, 260))
    .force(
      'link',
      forceLink<Body, (typeof links)[number]>(links)
        .distance((l) => (l.inside ? linkLength : 2.2 * linkLength))
        .strength((l) => {
          const { source, target } = ends(l)
          const least = Math.min(degree[source.index] ?? 1, degree[target.index] ?? 1)
          return l.inside ? 0.5 / least : 0.03 / least
        }),
    )
    .force('flow', leftToRight(input, regions, bodies))
    .force('region', holdRegions(regions, bodies))
    .force('space', spacing(input.halfWidths, 0.55))
    .tick(maxTicks)
}

/** Gentle pull within a region: callers left of callees. */
function leftToRight(input: LayoutInput, regions: Regions, bodies: readonly Body[]) {
  const level = callLevels(bodies.length, input.links, input.weights)
  const mean = regions.members.map((list) => list.reduce((sum, i) => sum + (level[i] ?? 0), 0) / list.length)
  return (alpha: number) => {
    for (let i = 0; i < bodies.length; i++) {
      const body = bodies[i] as Body
      const offset = (level[i] as number) - (mean[regions.of[i] as number] as number)
      body.vx += Math.max(-2, Math.min(2, offset)) * 2.4 * alpha
    }
  }
}

/** Gravity to the region's centre, and a wall at its rim, so that regions stay apart. */
function holdRegions(regions: Regions, bodies: readonly Body[]) {
  return (alpha: number) => {
    for (let i = 0; i < bodies.length; i++) {
      const body = bodies[i] as Body
      const region = regions.of[i] as number
      const dx = body.x - (regions.x[region] as number)
      const dy = body.y - (regions.y[region] as number)
      const distance = Math.sqrt(dx * dx + dy * dy)
      const rim = regions.radius[region] as number
      const alone = regions.members[region]?.length === 1
      const pull = (alone ? 0.3 : 0.06) * alpha + (distance > rim ? (0.5 * (distance - rim)) / distance : 0)
      body.vx -= dx * pull
      body.vy -= dy * pull
    }
  }
}

/** The members may have drifted from their disc: whole regions are moved so that the drawn hulls part. */
function separate(regions: Regions, bodies: readonly Body[], halfWidths: Float32Array): void {
  const drifted: Regions = { ...regions, x: regions.x.slice(), y: regions.y.slice(), radius: regions.radius.slice() }
  regions.members.forEach((members, region) => {
    const own = members.map((i) => bodies[i] as Body)
    const x = own.reduce((sum, b) => sum + b.x, 0) / own.length
    const y = own.reduce((sum, b) => sum + b.y, 0) / own.length
    drifted.x[region] = x
    drifted.y[region] = y
    drifted.radius[region] =
      own.length === 1
        ? Math.max(34, regions.radius[region] ?? 0)
        : Math.max(...own.map((b) => reach(b.x - x, b.y - y, halfWidths[b.index] ?? 20)))
  })
  const before = [drifted.x.slice(), drifted.y.slice()] as const
  partRegions(drifted)
  for (const b of bodies) {
    const region = regions.of[b.index] ?? 0
    b.x += (drifted.x[region] ?? 0) - (before[0][region] ?? 0)
    b.y += (drifted.y[region] ?? 0) - (before[1][region] ?? 0)
  }
}

/** How far the hull reaches from its centre at a member: round the disc, and round the label below it. */
const reach = (dx: number, dy: number, halfWidth: number) =>
  Math.max(Math.hypot(dx, dy) + 32, Math.hypot(Math.abs(dx) + halfWidth + 6, dy + 24))

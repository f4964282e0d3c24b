import { describe, expect, it } from 'vitest'
import { layout } from './layout'
import { halfHeight, linkLength, type LayoutInput } from './layout-input'

/** Regions of `size` nodes; each node calls the next of its region, every region's first calls the next region's first. */
function company(regions: number, size: number): LayoutInput {
  const n = regions * size
  const links: number[] = []
  for (let i = 0; i < n; i++) {
    if ((i + 1) % size !== 0) links.push(i, i + 1)
    else if (i + 1 < n) links.push(i - size + 1, i + 1)
  }
  return {
    ids: Array.from({ length: n }, (_, i) => `c/ns${Math.floor(i / size)}/Deployment/w${String(i).padStart(5, '0')}`),
    groups: Array.from({ length: n }, (_, i) => `c/ns${Math.floor(i / size)}`),
    halfWidths: new Float32Array(n).fill(40),
    links: Uint32Array.from(links),
    weights: new Float32Array(links.length / 2).fill(1),
    known: new Float32Array(2 * n).fill(NaN),
    hints: new Float32Array(2 * n).fill(NaN),
    pinned: new Uint8Array(n),
  }
}

const point = (positions: Float32Array, i: number) => [positions[2 * i] ?? NaN, positions[2 * i + 1] ?? NaN] as const
const distance = (a: readonly [number, number], b: readonly [number, number]) => Math.hypot(a[0] - b[0], a[1] - b[1])

function reversed(input: LayoutInput): LayoutInput {
  const n = input.ids.length
  return {
    ...input,
    ids: input.ids.toReversed(),
    groups: input.groups.toReversed(),
    links: input.links
      .map((i) => n - 1 - i)
      .toReversed()
      .map((_, i, all) => all[i % 2 === 0 ? i + 1 : i - 1] ?? 0),
  }
}

describe('layout', () => {
  it('gives the same picture whatever the order of the input', () => {
    const input = company(5, 8)
    const a = layout(input)
    const b = layout(reversed(input))
    for (let i = 0; i < 40; i++) expect(distance(point(a, i), point(b, 39 - i))).toBeLessThan(1e-3)
  })

  it('leaves room for labels', () => {
    const input = company(6, 7)
    const positions = layout(input)
    let overlaps = 0
    for (let i = 0; i < 42; i++)
      for (let j = 0; j < i; j++) {
        const [ax, ay] = point(positions, i)
        const [bx, by] = point(positions, j)
        if (Math.abs(ax - bx) < 60 && Math.abs(ay - by) < halfHeight) overlaps++
      }
    expect(overlaps).toBe(0)
  })

  it('keeps regions apart: every node is nearest to its own region', () => {
    const input = company(8, 6)
    const positions = layout(input)
    const centres = Array.from({ length: 8 }, (_, r) => {
      const own = Array.from({ length: 6 }, (_, k) => point(positions, r * 6 + k))
      return [own.reduce((s, p) => s + p[0], 0) / 6, own.reduce((s, p) => s + p[1], 0) / 6] as const
    })
    for (let i = 0; i < 48; i++) {
      const home = Math.floor(i / 6)
      const nearest = centres.map((c) => distance(c, point(positions, i)))
      expect(nearest.indexOf(Math.min(...nearest))).toBe(home)
    }
  })

  it('draws callers left of callees along a chain of regions', () => {
    const positions = layout(company(4, 4))
    const x = Array.from({ length: 4 }, (_, r) => [0, 1, 2, 3].reduce((s, k) => s + point(positions, r * 4 + k)[0], 0))
    expect(x[0]).toBeLessThan(x[3] ?? -Infinity)
  })

  it('returns remembered positions untouched when nothing is new', () => {
    const input = company(3, 5)
    const known = layout(input)
    expect(layout({ ...input, known })).toEqual(known)
  })

  it('moves old nodes by at most 2 % of a link when 1 % is new', () => {
    const input = company(20, 20)
    const settled = layout(input)
    const known = settled.slice()
    for (const i of [7, 121, 243, 388]) known.fill(NaN, 2 * i, 2 * i + 2)
    const after = layout({ ...input, known })
    let moved = 0
    for (let i = 0; i < 400; i++) if (!Number.isNaN(known[2 * i])) moved += distance(point(settled, i), point(after, i))
    expect(moved / 396).toBeLessThan(0.02 * linkLength)
    for (const i of [7, 121, 243, 388])
      expect(distance(point(after, i), point(after, i - 1))).toBeLessThan(4 * linkLength)
  })

  it('gives a new outside party room for its name, outside of the regions', () => {
    const input = company(6, 7)
    const known = layout(input)
    const callers = [9, 17, 31]
    const outside = callers.map((_, k) => `//External/party${k}`)
    const more = (fill: number, n: number) => Array.from({ length: n }, () => fill)
    const after = layout({
      ...input,
      ids: [...input.ids, ...outside],
      groups: [...input.groups, ...outside.map(() => '')],
      halfWidths: Float32Array.from([...input.halfWidths, ...more(70, 3)]),
      links: Uint32Array.from([...input.links, ...callers.flatMap((caller, k) => [caller, 42 + k])]),
      weights: Float32Array.from([...input.weights, ...more(1, 3)]),
      known: Float32Array.from([...known, ...more(NaN, 6)]),
      hints: Float32Array.from([...input.hints, ...more(NaN, 6)]),
      pinned: Uint8Array.from([...input.pinned, ...more(0, 3)]),
    })
    for (let i = 42; i < 45; i++)
      for (let j = 0; j < i; j++) {
        const [[ax, ay], [bx, by]] = [point(after, i), point(after, j)]
        const isApart = Math.abs(ax - bx) > 70 + (j < 42 ? 40 : 70) - 12 || Math.abs(ay - by) > halfHeight
        expect(isApart, `${i} and ${j}`).toBe(true)
      }
    for (let region = 0; region < 6; region++) {
      const own = Array.from({ length: 7 }, (_, k) => point(after, 7 * region + k))
      const centre = [own.reduce((sum, [x]) => sum + x, 0) / 7, own.reduce((sum, [, y]) => sum + y, 0) / 7] as const
      const radius = Math.max(...own.map((one) => distance(one, centre)))
      for (let i = 42; i < 45; i++)
        expect(distance(point(after, i), centre), `${i} in ${region}`).toBeGreaterThan(radius)
    }
    callers.forEach((caller, k) => expect(distance(point(after, caller), point(after, 42 + k))).toBeLessThan(500))
  })

  it('opens a folded region where its folded node stood', () => {
    const input = company(6, 5)
    const known = layout(input)
    const hints = new Float32Array(60).fill(NaN)
    for (let i = 25; i < 30; i++) {
      known.fill(NaN, 2 * i, 2 * i + 2)
      hints.set([500, 900], 2 * i)
    }
    const after = layout({ ...input, known, hints })
    for (let i = 25; i < 30; i++) expect(distance(point(after, i), [500, 900])).toBeLessThan(260)
  })

  it('copes with nothing, one node and nodes at one place', () => {
    expect(layout(company(0, 0))).toHaveLength(0)
    expect([...layout(company(1, 1))].every(Number.isFinite)).toBe(true)
    const input = company(1, 6)
    const known = new Float32Array(12).fill(5)
    known.fill(NaN, 10, 12)
    expect([...layout({ ...input, known })].every(Number.isFinite)).toBe(true)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layered } from './layout-layered'

type Link = readonly [number, number]

/** Only what the root reaches or is reached from, as the map draws it. */
const input = (n: number, links: readonly Link[], root = 0) => ({
  ids: Array.from({ length: n }, (_, i) => `n${String(i).padStart(3, '0')}`),
  halfWidths: new Float32Array(n).fill(30),
  links: Uint32Array.from(links.flat()),
  root,
})
const xs = (positions: Float32Array) => Array.from(positions).filter((_, i) => i % 2 === 0)

const reaches = (links: readonly Link[], from: number): Set<number> => {
  const found = new Set([from])
  for (const at of found) for (const [a, b] of links) if (a === at) found.add(b)
  return found
}

const anyGraph = fc.integer({ min: 2, max: 24 }).chain((n) =>
  fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 60 }).map((all) => {
    // The root's surroundings only, numbered anew.
    const back = all.map(([a, b]): Link => [b, a])
    const inside = [...new Set([...reaches(all, 0), ...reaches(back, 0)])].sort((a, b) => a - b)
    const at = new Map(inside.map((old, now) => [old, now]))
    const links = all.flatMap(([a, b]): Link[] => {
      const [x, y] = [at.get(a), at.get(b)]
      return x === undefined || y === undefined || x === y ? [] : [[x, y]]
    })
    return { n: inside.length, links }
  }),
)

describe('layered', () => {
  it('puts callers strictly left of what they call, but within a cycle', () => {
    fc.assert(
      fc.property(anyGraph, ({ n, links }) => {
        const x = xs(layered(input(n, links)))
        for (const [a, b] of links) if (!reaches(links, b).has(a)) expect(x[a]).toBeLessThan(x[b] ?? 0)
      }),
    )
  })
  it('gives the same picture again, whatever the order of nodes and links', () => {
    fc.assert(
      fc.property(anyGraph, ({ n, links }) => {
        const given = input(n, links)
        const turned = {
          ...given,
          ids: given.ids.toReversed(),
          links: Uint32Array.from(links.toReversed().flatMap(([a, b]) => [n - 1 - a, n - 1 - b])),
          root: n - 1,
        }
        const once = layered(given)
        const again = layered(turned)
        expect(layered(given)).toEqual(once)
        for (let i = 0; i < n; i++)
          expect([again[2 * (n - 1 - i)], again[2 * (n - 1 - i) + 1]]).toEqual([once[2 * i], once[2 * i + 1]])
      }),
    )
  })
  it('sets nodes of a layer apart and the root at the origin', () => {
    fc.assert(
      fc.property(anyGraph, ({ n, links }) => {
        const positions = layered(input(n, links))
        expect([positions[0], positions[1]]).toEqual([0, 0])
        for (let i = 0; i < n; i++)
          for (let k = 0; k < i; k++) {
            const [dx, dy] = [
              (positions[2 * i] ?? 0) - (positions[2 * k] ?? 0),
              (positions[2 * i + 1] ?? 0) - (positions[2 * k + 1] ?? 0),
            ]
            expect(Math.hypot(dx, dy)).toBeGreaterThan(40)
          }
      }),
    )
  })
  it('stands layers close, and no name over another node or name', () => {
    // A layer apart in each step, with names as long as they come.
    const n = 16
    const links = Array.from({ length: n - 2 }, (_, i): Link[] => [
      [i, i + 2],
      [i - (i % 2), i + 2],
    ]).flat()
    const given = { ...input(n, [[0, 1], ...links]), halfWidths: new Float32Array(n).fill(84) }
    const positions = layered(given)
    const at = (i: number) => [positions[2 * i] ?? 0, positions[2 * i + 1] ?? 0] as const
    const columns = [...new Set(xs(positions))].sort((a, b) => a - b)
    expect(columns.length).toBeGreaterThan(5)
    expect((columns.at(-1) ?? 0) / (columns.length - 1)).toBeLessThan(2 * 84)
    for (let i = 0; i < n; i++)
      for (let k = 0; k < n; k++) {
        if (i === k) continue
        const [[x, y], [nx, ny]] = [at(i), at(k)]
        // A name is below its node, some 20 px high.
        if (Math.abs(y + 20 - ny) < 18) expect(Math.abs(x - nx)).toBeGreaterThan(84)
        if (Math.abs(y - ny) < 20) expect(Math.abs(x - nx)).toBeGreaterThan(2 * 84)
      }
  })
  it('breaks a wide layer into columns instead of a long line', () => {
    const positions = layered(
      input(
        101,
        Array.from({ length: 100 }, (_, i): Link => [0, i + 1]),
      ),
    )
    const ys = Array.from(positions).filter((_, i) => i % 2 === 1)
    expect(Math.max(...ys) - Math.min(...ys)).toBeLessThan(25 * 66)
  })
  it('ends a ring', () => {
    const x = xs(
      layered(
        input(4, [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 0],
        ]),
      ),
    )
    expect(new Set(x).size).toBeGreaterThan(1)
  })
})

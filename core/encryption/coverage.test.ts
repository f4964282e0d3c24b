import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Amounts, encryptionClasses } from './classes'
import { addAmounts, coverageOf, noAmounts, scaleAmounts, totalOf } from './coverage'
import { type IdentityKind, identityKinds, joinLayers, type Shares, type WayKind, wayKinds } from './join-layers'

const rounding = 1e-6

const shares = <Kind extends string>(kinds: readonly Kind[]): fc.Arbitrary<Shares<Kind>> =>
  fc
    .array(fc.nat(5), { minLength: kinds.length, maxLength: kinds.length })
    .filter((weights) => weights.some((weight) => weight > 0))
    .map((weights) => {
      const sum = weights.reduce((a, b) => a + b, 0)
      const found: Partial<Record<Kind, number>> = {}
      kinds.forEach((kind, at) => (found[kind] = (weights[at] ?? 0) / sum))
      return found
    })

describe('bounds of coverage', () => {
  const amounts = (parts: Partial<Amounts>): Amounts => ({ ...noAmounts, ...parts })

  it.each([
    ['all encrypted', { mtls: 5, tunnel: 5 }, { least: 1, most: 1 }],
    ['some plaintext', { mtls: 3, plaintext: 1 }, { least: 0.75, most: 0.75 }],
    ['the unknown widens', { mtls: 2, plaintext: 1, unknown: 1 }, { least: 0.5, most: 0.75 }],
    ['same-node is in neither', { mtls: 3, plaintext: 1, 'same-node': 100 }, { least: 0.75, most: 0.75 }],
    ['nothing between nodes', { 'same-node': 100 }, null],
    ['nothing at all', {}, null],
    ['nothing but unknown', { unknown: 5 }, { least: 0, most: 1 }],
    [
      'certainly not encrypted never counts as encrypted',
      { plaintext: 1, unknown: 1, notEncrypted: 1 },
      { least: 0, most: 0 },
    ],
    ['certainly not exposed never counts as plaintext', { mtls: 1, unknown: 1, notExposed: 1 }, { least: 1, most: 1 }],
  ] as const)('%s', (_, parts, expected) => expect(coverageOf(amounts(parts))).toEqual(expected))
})

describe('two layers as shares', () => {
  it('add up to everything, and claim nothing twice', () => {
    fc.assert(
      fc.property(shares(identityKinds), shares(wayKinds), (identity, way) => {
        const joined = joinLayers(identity, way)
        expect(totalOf(joined)).toBeCloseTo(1, 9)
        for (const each of encryptionClasses) expect(joined[each]).toBeGreaterThanOrEqual(0)
        expect(joined.notEncrypted + joined.notExposed).toBeLessThanOrEqual(joined.unknown + rounding)
      }),
    )
  })

  it('never cover more for evidence that is missing', () => {
    const hidden = <Known extends Shares<string>>(known: Known, kind: keyof Known & string, part: number): Known => {
      const moved = (known[kind] ?? 0) * part
      return { ...known, [kind]: (known[kind] ?? 0) - moved, unknown: (known.unknown ?? 0) + moved }
    }
    const part = fc.double({ min: 0.05, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        shares<IdentityKind>(identityKinds.filter((kind) => kind !== 'presumed')),
        shares<WayKind>(wayKinds),
        fc.constantFrom<IdentityKind>('mtls', 'tls', 'plaintext', 'absent'),
        fc.constantFrom<WayKind>('tunnel', 'same-node', 'open', 'not-tunnel', 'not-open'),
        part,
        (identity, way, lost, lostWay, share) => {
          const full = coverageOf(joinLayers(identity, way))
          const without = [
            joinLayers(hidden(identity, lost, share), way),
            joinLayers(identity, hidden(way, lostWay, share)),
          ]
          for (const less of without) {
            const bounds = coverageOf(less)
            if (!full || !bounds) continue
            expect(bounds.least).toBeLessThanOrEqual(full.least + rounding)
            expect(bounds.most).toBeGreaterThanOrEqual(full.most - rounding)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  const sides = ['mtls', 'tls', 'plaintext'] as const
  const ways = ['tunnel', 'same-node', 'open'] as const

  /** How much of each pair of kinds there truly was, and what is told of it. */
  const cell = fc.record({
    amount: fc.nat(6),
    identityTold: fc.constantFrom('yes', 'no'),
    wayTold: fc.constantFrom('yes', 'no', 'pair'),
  })
  const traffic = fc.array(fc.tuple(fc.constantFrom(...sides), fc.constantFrom(...ways), cell), {
    minLength: 1,
    maxLength: 8,
  })

  it('contain the true coverage, whatever part of it is told', () => {
    fc.assert(
      fc.property(fc.array(traffic, { minLength: 1, maxLength: 3 }), (edges) => {
        let [encrypted, plaintext] = [0, 0]
        const told = edges.map((cells) => {
          const identity: Partial<Record<IdentityKind, number>> = {}
          const way: Partial<Record<WayKind, number>> = {}
          const total = cells.reduce((sum, [, , { amount }]) => sum + amount, 0)
          for (const [side, hop, { amount, identityTold, wayTold }] of cells) {
            if (side !== 'plaintext' || hop === 'tunnel') encrypted += amount
            else if (hop === 'open') plaintext += amount
            const kind = identityTold === 'yes' ? side : 'unknown'
            const pair: WayKind = hop === 'tunnel' ? 'not-open' : 'not-tunnel'
            const kindOfWay = wayTold === 'yes' ? hop : wayTold === 'no' ? 'unknown' : pair
            identity[kind] = (identity[kind] ?? 0) + amount / (total || 1)
            way[kindOfWay] = (way[kindOfWay] ?? 0) + amount / (total || 1)
          }
          return total === 0 ? noAmounts : scaleAmounts(joinLayers(identity, way), total)
        })
        const bounds = coverageOf(addAmounts(told))
        if (!bounds || encrypted + plaintext === 0) return
        const truth = encrypted / (encrypted + plaintext)
        expect(bounds.least).toBeLessThanOrEqual(truth + rounding)
        expect(bounds.most).toBeGreaterThanOrEqual(truth - rounding)
      }),
      { numRuns: 1000 },
    )
  })
})

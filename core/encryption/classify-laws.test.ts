import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edge, flows, http, row, workload } from '../world-fixture'
import { type EncryptionEvidence, hops, type Hop } from '../verdict'
import { witnessesOf } from '../witness/witness'
import type { EdgeRow } from '../world'
import { type Amounts, encryptionClasses, encryptionUnits } from './classes'
import { classifyEdge } from './classify-edge'
import { coverageOf, noAmounts, totalOf } from './coverage'
import { edgeEncryption } from './edge-encryption'
import { over } from './ground-fixture'
import { seatsOf } from './seats'

const nowhere = seatsOf({ inventory: [] })
const classify = (rows: readonly EdgeRow[]) =>
  classifyEdge(edge(workload('web'), workload('cart'), rows), nowhere, null)

const evidence = fc.constantFrom<EncryptionEvidence>('unknown', 'plaintext', 'mtls', 'tls', 'tunnel')
const facet = fc.record({
  source: fc.constantFrom('hubble', 'goldmane', 'prometheus:istio', 'als'),
  reporter: fc.constantFrom('source', 'destination', 'waypoint'),
  encryption: evidence,
  verdict: fc.constantFrom('allowed', 'denied', 'unknown'),
})
const n = fc.option(
  fc.integer({ min: 1, max: 40 }).map((each) => each * 2),
  { nil: null },
)
const anyRow: fc.Arbitrary<EdgeRow> = fc
  .tuple(facet, fc.constantFrom(...hops), fc.record({ flows: n, requests: n, connections: n, bytesSent: n }))
  .map(([parts, hop, counters]) => over(hop, row(parts, counters)))

const half = (each: EdgeRow): EdgeRow => {
  const of = (count: number | null) => (count === null ? null : count / 2)
  const { flows: f, requests, connections, bytesSent } = each
  return { ...each, flows: of(f), requests: of(requests), connections: of(connections), bytesSent: of(bytesSent) }
}

const expectAlike = (a: Amounts | undefined, b: Amounts | undefined) => {
  for (const each of encryptionClasses) expect(b?.[each] ?? 0).toBeCloseTo(a?.[each] ?? 0, 6)
}

describe('the classes of any edge', () => {
  it('add up to what was counted, in every unit', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 6 }), (rows) => {
        const { units } = classify(rows)
        for (const unit of encryptionUnits) {
          const found = units[unit]
          if (found) expect(totalOf(found.amounts)).toBeCloseTo(found.total, 6)
        }
      }),
    )
  })

  it('are the same where the witnesses of its rows are known already', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 6 }), (rows) => {
        const any = edge(workload('web'), workload('cart'), rows)
        expect(edgeEncryption(any, nowhere, null, witnessesOf(rows, null))).toEqual(edgeEncryption(any, nowhere, null))
      }),
    )
  })

  it('are the same however its rows are split and ordered', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        (rows, cut) => {
          const split = rows.flatMap((each, at) => (cut[at] ? [half(each), half(each)] : [each])).toReversed()
          const [whole, parts] = [classify(rows).units, classify(split).units]
          for (const unit of encryptionUnits) expectAlike(whole[unit]?.amounts, parts[unit]?.amounts)
        },
      ),
    )
  })

  it('claim no more coverage where a witness loses evidence', () => {
    const of = (identity: EncryptionEvidence, hop: Hop, count: number) =>
      over(hop, http(count, 0, null, { source: 'als', encryption: identity }))
    const call = fc.tuple(
      fc.constantFrom<EncryptionEvidence>('unknown', 'plaintext', 'mtls', 'tls'),
      fc.constantFrom<Hop>('unknown', 'same-node', 'wireguard', 'open'),
      fc.integer({ min: 1, max: 9 }),
    )
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 6 }), fc.nat(5), (calls, at) => {
        const rows = calls.map((each) => of(...each))
        const lost = calls.map(([identity, hop, count], index) => of(index === at ? 'unknown' : identity, hop, count))
        const [full, less] = [rows, lost].map((each) => coverageOf(classify(each).units.requests?.amounts ?? noAmounts))
        if (!full || !less) return
        expect(less.least).toBeLessThanOrEqual(full.least + 1e-6)
        expect(less.most).toBeGreaterThanOrEqual(full.most - 1e-6)
      }),
    )
  })

  it('have bounds that contain the truth, whichever witnesses there are and whatever they leave out', () => {
    const cell = fc.record({
      identity: fc.constantFrom<EncryptionEvidence>('mtls', 'tls', 'plaintext'),
      hop: fc.constantFrom<Hop>('same-node', 'wireguard', 'open'),
      count: fc.integer({ min: 1, max: 9 }),
      identityTold: fc.boolean(),
      hopTold: fc.boolean(),
    })
    const present = fc.record({ istio: fc.boolean(), hubble: fc.boolean(), goldmane: fc.boolean() })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), present, (cells, there) => {
        const rows = cells.flatMap(({ identity, hop, count, identityTold, hopTold }) => [
          ...(there.istio
            ? [http(count, 0, null, { source: 'prometheus:istio', encryption: identityTold ? identity : 'unknown' })]
            : []),
          ...(there.hubble ? [over(hopTold ? hop : 'unknown', flows(count * 3))] : []),
          ...(there.goldmane ? [row({ source: 'goldmane' }, { connections: count, bytesSent: count * 100 })] : []),
        ])
        const sum = (test: (each: (typeof cells)[number]) => boolean) =>
          cells.filter(test).reduce((all, { count }) => all + count, 0)
        const encrypted = sum(({ identity, hop }) => identity !== 'plaintext' || hop === 'wireguard')
        const plaintext = sum(({ identity, hop }) => identity === 'plaintext' && hop === 'open')
        const { units } = classify(rows)
        for (const unit of encryptionUnits) {
          const bounds = coverageOf(units[unit]?.amounts ?? noAmounts)
          if (!bounds || encrypted + plaintext === 0) continue
          expect(bounds.least).toBeLessThanOrEqual(encrypted / (encrypted + plaintext) + 1e-6)
          expect(bounds.most).toBeGreaterThanOrEqual(encrypted / (encrypted + plaintext) - 1e-6)
        }
      }),
      { numRuns: 500 },
    )
  })
})

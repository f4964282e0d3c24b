import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flows, http, workload, world, edge as worldEdge } from '../world-fixture'
import { type Amounts, encryptionClasses } from './classes'
import { noAmounts } from './coverage'
import { edgeEncryption, layersOf, mergeEncryption, summaryOf, unitOfMost } from './edge-encryption'
import { ground, istio, node, placed, pods } from './ground-fixture'
import { seatsOf } from './seats'

const [web, cart] = [workload('web'), workload('cart')]
const mesh = ground(
  [placed(web, pods('a', 'sidecar')), placed(cart, pods('b', 'sidecar'))],
  [node('a', ''), node('b', '')],
)
const bare = ground([placed(web, pods('a')), placed(cart, pods('b'))], [node('a', ''), node('b', '')])
const of = (rows: Parameters<typeof worldEdge>[2], on = mesh, parts: Parameters<typeof worldEdge>[3] = {}) => {
  const edge = worldEdge(web, cart, rows, parts)
  return edgeEncryption(edge, seatsOf(world([edge], { ground: on })), null)
}

describe('summaryOf', () => {
  const amounts = (parts: Partial<Amounts>): Amounts => ({ ...noAmounts, ...parts })
  it.each([
    [{}, 'unknown'],
    [{ mtls: 9 }, 'mtls'],
    [{ mtls: 9, 'mtls+tunnel': 10 }, 'mtls+tunnel'],
    [{ mtls: 999, unknown: 1 }, 'mtls'],
    [{ mtls: 90, unknown: 10 }, 'mixed'],
    [{ tls: 5, plaintext: 5 }, 'mixed'],
    [{ tunnel: 5, 'same-node': 5 }, 'tunnel'],
    [{ 'same-node': 5 }, 'same-node'],
    [{ 'same-node': 5, unknown: 5 }, 'unknown'],
    [{ plaintext: 5, unknown: 5 }, 'plaintext'],
    [{ unknown: 5, notEncrypted: 5 }, 'plaintext'],
  ] as const)('%j is %s', (parts, summary) => expect(summaryOf(amounts(parts))).toBe(summary))
})

describe('edgeEncryption', () => {
  it('tells shares, how sure they are and on whose words', () => {
    const draft = of([istio('mtls', 90), istio('plaintext', 10)])
    const { summary, units } = draft
    expect(summary).toBe('mixed')
    expect(units.requests).toEqual([
      { class: 'mtls', share: 0.9, basis: 'measured', witnesses: ['prometheus:istio/destination'] },
      {
        class: 'plaintext',
        share: expect.closeTo(0.1),
        basis: 'measured',
        witnesses: ['prometheus:istio/destination'],
      },
    ])
    expect(layersOf(draft)?.identity.coverage).toEqual({ least: 0.9, most: 0.9 })
  })

  it('infers plaintext where there is no mesh and no tunnel, and nothing without ground', () => {
    expect(of([http(10)], bare)).toMatchObject({ summary: 'plaintext' })
    expect(of([http(10, 0, null, { source: 'prometheus:istio' })], ground([]))).toMatchObject({ summary: 'unknown' })
  })

  it('takes the tunnel itself for encrypted, and counts nothing of it', () => {
    const carrier = of([flows(10)], mesh, { port: 51_871, protocol: 'udp' })
    expect(carrier).toMatchObject({ summary: 'tunnel', units: { requests: null, connections: null, bytes: null } })
  })
})

describe('mergeEncryption', () => {
  const all = [istio('mtls', 30), istio('plaintext', 70)].map((row) => of([row]))

  it('adds amounts, not shares', () => {
    const { summary, units } = mergeEncryption(all)
    expect(summary).toBe('mixed')
    expect(units.requests?.map((each) => [each.class, each.share])).toEqual([
      ['plaintext', 0.7],
      ['mtls', 0.3],
    ])
  })

  it('hides no plaintext of an edge that did not count what the others did', () => {
    const bytes = edgeEncryption(
      worldEdge(web, cart, [{ ...flows(1), bytesSent: 9 }]),
      seatsOf(world([], { ground: bare })),
      null,
    )
    expect(bytes.summary).toBe('plaintext')
    expect(mergeEncryption([of([istio('mtls', 30)]), bytes]).summary).toBe('mixed')
  })

  it('is one edge as it is, and nothing of none', () => {
    const [first] = all
    expect(first && mergeEncryption([first])).toEqual({ summary: first?.summary, units: first?.units })
    expect(mergeEncryption([])).toMatchObject({ summary: 'unknown', units: { requests: null } })
  })

  it('has shares that add up to one, in any order', () => {
    const evidence = fc.constantFrom('mtls', 'plaintext', 'unknown', 'tls')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(evidence, fc.integer({ min: 1, max: 99 })), { minLength: 1, maxLength: 6 }),
        (parts) => {
          const edges = parts.map(([kind, n]) => of([istio(kind, n)]))
          const merged = mergeEncryption(edges)
          expect(merged.units.requests?.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
          const turned = mergeEncryption(edges.toReversed())
          expect(turned.summary).toBe(merged.summary)
          for (const name of encryptionClasses)
            expect(turned.units.requests?.find((each) => each.class === name)?.share ?? 0).toBeCloseTo(
              merged.units.requests?.find((each) => each.class === name)?.share ?? 0,
            )
        },
      ),
    )
  })

  it('tells the unit that most of the edges tell, requests first', () => {
    expect(unitOfMost(all)).toBe('requests')
    expect(unitOfMost([])).toBeNull()
  })
})

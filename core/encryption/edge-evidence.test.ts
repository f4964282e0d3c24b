import { describe, expect, it } from 'vitest'
import { edge, flows, workload } from '../world-fixture'
import type { EdgeRow } from '../world'
import type { EncryptionUnit } from './classes'
import { classifyEdge } from './classify-edge'
import type { EncryptionGround } from './ground'
import { goldmane, ground, istio, node, over, placed, pods } from './ground-fixture'
import { seatsOf } from './seats'

const [web, cart] = [workload('web'), workload('cart')]
const meshed = ground(
  [placed(web, pods('n1', 'sidecar')), placed(cart, pods('n3', 'sidecar'))],
  [node('n1'), node('n3', '')],
)

type Case = { readonly rows: readonly EdgeRow[]; readonly ground?: EncryptionGround; readonly unit?: EncryptionUnit }

const evidenceOf = ({ rows, ground: known, unit = 'requests' }: Case) =>
  classifyEdge(edge(web, cart, rows), seatsOf({ ground: known, inventory: [] }), null).units[unit]

describe('the evidence of an edge', () => {
  it('says that mixed nodes without keys are not encrypted, though not whether they stayed on a node', () => {
    const known = ground(
      [placed(web, pods('n3')), placed(cart, pods('n3'), pods('n4'))],
      [node('n3', ''), node('n4', '')],
    )
    const found = evidenceOf({ rows: [goldmane(500)], ground: known, unit: 'bytes' })
    expect(found?.amounts).toMatchObject({ unknown: 500, notEncrypted: 500, notExposed: 0 })
    expect(found?.way.shares).toEqual({ 'not-tunnel': 1 })
  })

  it('names its witnesses and how sure it is', () => {
    const found = evidenceOf({
      rows: [istio('mtls', 75), istio('plaintext', 25), over('open', flows(50))],
    })
    expect(found?.teller).toBe('prometheus:istio/destination')
    expect(found?.classes).toEqual([
      { class: 'mtls', amount: 75, basis: 'measured', witnesses: ['prometheus:istio/destination'] },
      {
        class: 'plaintext',
        amount: 25,
        basis: 'measured',
        witnesses: ['prometheus:istio/destination', 'hubble/destination'],
      },
    ])
  })

  it('thins the claim of a witness that told of half of the time', () => {
    const cover = new Map([
      ['prometheus', 50],
      ['goldmane', 100],
    ])
    const { units } = classifyEdge(
      edge(web, cart, [istio('mtls', 10), goldmane(400)]),
      seatsOf({ ground: meshed, inventory: [] }),
      { from: cover, to: cover },
    )
    expect(units.bytes?.amounts).toMatchObject({ mtls: 200, unknown: 200 })
  })
})

import { describe, expect, it } from 'vitest'
import { buildSeries } from '../series/build-series'
import { witnessGroups } from './witness-groups'
import { flows, http, workload } from '../world-fixture'
import type { EdgeRow, WorldEdge } from '../world'

const edge = (id: number, to: string, rows: readonly EdgeRow[]): WorldEdge => ({
  edge: { id, from: workload('web'), to: workload(to), port: 80, protocol: 'tcp' },
  rows,
})
const source = { reporter: 'source' } as const
const edges = [
  edge(1, 'a', [http(10), flows(10, source)]),
  edge(2, 'b', [flows(20, source), http(30)]),
  edge(3, 'c', [flows(7, source)]),
  edge(4, 'a', [http(5), http(5, 0, null, source)]),
]

describe('witnessGroups', () => {
  it('puts together what the same witnesses saw, in any order of rows', () => {
    expect([...witnessGroups(edges)]).toEqual([
      [1, 1],
      [2, 1],
      [3, 3],
      [4, 4],
    ])
  })

  it('keeps apart what is asked to be', () => {
    expect(witnessGroups(edges, ({ to }) => to.name).get(2)).toBe(2)
  })

  it('changes no chart: adding up groups first gives what adding up edges gives', () => {
    const groups = witnessGroups(edges)
    const options = { window: { from: 0, to: 10_000 }, stepMs: 10_000, gaps: [], sources: [] }
    const steps = (group: (id: number) => number) =>
      edges.flatMap(({ edge, rows }) => rows.map((row) => ({ ...row, edgeId: group(edge.id), t: 0 })))
    const perEdge = buildSeries(
      steps((id) => id),
      options,
    )
    expect(
      buildSeries(
        steps((id) => groups.get(id) ?? 0),
        options,
      ),
    ).toEqual(perEdge)
    // One group for all would let the destination speak for edges that only the source saw.
    expect(
      buildSeries(
        steps(() => 0),
        options,
      ).requestRate,
    ).toEqual(perEdge.requestRate)
    expect(perEdge.flowRate[0]).toBeCloseTo(3.7)
  })
})

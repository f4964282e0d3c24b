import { describe, expect, it } from 'vitest'
import { scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf } from '@/server/db/test-batches'
import { writeInventory } from '@/server/db/inventory/write-inventory'
import { writePolicyPlan } from '@/server/db/policy/write-policy-plan'
import { policyConfirmationView } from './policy-confirmation'
import { answerOf, viewDatabase } from './testing'

const db = viewDatabase()
const ref = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' }
const edge = (from: string, to: string) => `demo/shop/Deployment/${from}|demo/shop/Deployment/${to}|80|tcp`
const expected = [
  { edge: edge('web', 'cart'), becomes: 'denied' as const },
  { edge: edge('web', 'pay'), becomes: 'denied' as const },
  { edge: edge('web', 'stock'), becomes: 'allowed' as const },
  { edge: edge('web', 'nobody'), becomes: 'allowed' as const },
]

const insert = `insert into policy_change (plan_id, api_version, api_group, kind, namespace, name, change, fields, state, intended_at, completed_at)
values ($1, 'networking.k8s.io/v1', $2, $3, $4, $5, 'update', '{}', 'applied', to_timestamp($6::float8 / 1000), to_timestamp($6::float8 / 1000))
returning id`

/** A change of the past, milliseconds, whose traffic is known by now. */
async function changed(at = Date.now() - 60_000, undoOf: number | null = null): Promise<number> {
  const plan = await writePolicyPlan(db.pool, {
    cluster: 'demo',
    by: undoOf === null ? 'ada' : 'bo',
    actedAs: null,
    from: '',
    requestId: 'r',
    reason: '',
    draft: null,
    undoOf,
    expected,
  })
  const { rows } = await db.pool.query<{ id: number }>(insert, [plan, ref.group, ref.kind, ref.namespace, ref.name, at])
  return rows[0]?.id ?? 0
}

describe('what traffic says since a change', () => {
  it('is told edge by edge, of the time after it alone', async () => {
    const before = floorTo(Date.now() - 60_000, 10_000)
    // Its agents have not heard of it when the first bucket begins.
    const id = await changed(before - 3_000)
    const after = before + 10_000
    const denied = facetOf({ verdict: 'denied' })
    const flows = { flows: 5 }
    await db.write({
      buckets: [
        bucketRow(before, flows, edgeName('web', 'cart')),
        bucketRow(after, flows, edgeName('web', 'cart'), denied),
        bucketRow(after, flows, edgeName('web', 'pay')),
        bucketRow(after, flows, edgeName('web', 'stock')),
        bucketRow(after, { flows: 2 }, edgeName('web', 'stock'), denied),
      ],
      stats: { records: 4, malformed: 0, lastEventAt: after + 9_000, rate: 1, facts: null },
    })
    const answer = await answerOf(policyConfirmationView, `policies/confirmation?change=${id}`)
    expect(answer.since).toBe(after)
    expect(answer.edges.map(({ state, denied: stopped }) => [state, stopped])).toEqual([
      ['confirmed', 5],
      ['contradicted', 0],
      ['mixed', 2],
      ['no-traffic', 0],
    ])
    expect(answer.counts).toEqual({ confirmed: 1, contradicted: 1, mixed: 1, noTraffic: 1 })
    expect(answer.objects).toMatchObject([{ ref, state: 'applied', seenAt: null }])
  })

  it('holds what was on its way against no change that was obeyed afterwards', async () => {
    const change = floorTo(Date.now() - 3_600_000, 10_000)
    const id = await changed(change - 5_000)
    const [soon, later] = [change + 10_000, change + 90_000]
    const [denied, flows] = [facetOf({ verdict: 'denied' }), { flows: 3 }]
    await db.write({
      buckets: [
        bucketRow(soon, flows, edgeName('web', 'cart')),
        bucketRow(later, flows, edgeName('web', 'cart'), denied),
        bucketRow(soon, flows, edgeName('web', 'pay')),
        bucketRow(soon, flows, edgeName('web', 'stock')),
        bucketRow(later, flows, edgeName('web', 'stock')),
        bucketRow(later + 10_000, flows, edgeName('web', 'stock'), denied),
      ],
      stats: { records: 6, malformed: 0, lastEventAt: Date.now(), rate: 1, facts: null },
    })
    // Up to here its traffic is its own, and not of what other tests wrote.
    await changed(change + 120_000, id)
    const { since, edges } = await answerOf(policyConfirmationView, `policies/confirmation?change=${id}`)
    expect(since).toBe(change)
    expect(edges.map(({ state, allowed, denied: stopped }) => [state, allowed, stopped])).toEqual([
      ['confirmed', 0, 3],
      ['contradicted', 3, 0],
      ['mixed', 3, 3],
      ['no-traffic', 0, 0],
    ])
  })

  it('says when the watch of the cluster told of the object', async () => {
    const id = await changed()
    const at = Date.now()
    const object = {
      kind: 'NetworkPolicy' as const,
      uid: 'u',
      namespace: 'shop',
      name: 'web',
      createdAt: at,
      owner: null,
    }
    const kept = { ...object, labels: {}, annotations: {}, spec: {} }
    await writeInventory(db.pool, 'demo', [{ object: kept, workload: null, at, until: null }])
    const { objects } = await answerOf(policyConfirmationView, `policies/confirmation?change=${id}`)
    expect(Math.abs((objects[0]?.seenAt ?? 0) - at)).toBeLessThan(1)
  })

  it('says that a change was taken back, by whom and when, and that an undo was', async () => {
    const at = Date.now() - 30_000
    const id = await changed(at - 30_000)
    const undo = await changed(at, id)
    const again = await changed(at + 1_000, undo)
    const answers = await Promise.all(
      [id, undo, again].map((change) => answerOf(policyConfirmationView, `policies/confirmation?change=${change}`)),
    )
    expect(answers.map(({ did, by }) => [did, by])).toEqual([
      ['applied', 'ada'],
      ['undone', 'bo'],
      ['applied-again', 'bo'],
    ])
    expect(answers.map(({ objects: [object] }) => [object?.undoOf, object?.undoneBy])).toEqual([
      [null, { change: undo, by: 'bo', at }],
      [id, { change: again, by: 'bo', at: at + 1_000 }],
      [undo, null],
    ])
    expect(answers[0]?.until).toBe(floorTo(at, 10_000))
  })

  it('is for those who see the namespace', async () => {
    const id = await changed()
    const scope = scopeOf([['demo', 'bank']])
    await expect(answerOf(policyConfirmationView, `policies/confirmation?change=${id}`, scope)).rejects.toThrow('404')
  })
})

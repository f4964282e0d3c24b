import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/core/audit/event'
import type { AuditSight } from '@/core/audit/sight'
import { everything, scopeOf } from '@/core/scope'
import type { AuditQuestion } from './audit-entries-sql'
import { completePolicyChange } from '../policy/complete-policy-change'
import { readAuditEntries } from './read-audit-entries'
import { readAuditEntry } from './read-audit-entry'
import { readAuditPeople } from './read-audit-people'
import { testDatabase } from '../testing'
import { writeAuditEvent } from './write-audit-event'
import { writePolicyChange } from '../policy/write-policy-change'
import { writePolicyPlan } from '../policy/write-policy-plan'

const db = testDatabase()
const [alice, bob] = [
  { account: 1, name: 'Alice' },
  { account: 2, name: 'Bob' },
]
const all: AuditSight = { all: true, own: null, sees: everything, edits: everything }
const nowhere = scopeOf([])
const anything: AuditQuestion = { from: null, to: null, who: null, actions: [], results: [], cluster: '', text: '' }
const manifest = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'web' }, spec: {} }

const write = (more: Partial<AuditEvent>) =>
  writeAuditEvent(db.pool, {
    action: 'view.saved',
    actor: alice,
    by: 'session',
    target: '',
    result: 'done',
    requestId: null,
    from: '10.0.0.1',
    ...more,
  })

/** A plan of one object as `changeRoute` leaves it: the change, and the event of its request. */
async function change(actor: typeof alice, namespace: string, requestId: string) {
  const plan = await writePolicyPlan(db.pool, {
    cluster: 'c',
    by: actor.name,
    actedAs: { user: actor.name.toLowerCase(), groups: ['dev'] },
    from: '10.0.0.2',
    requestId,
    undoOf: null,
    draft: null,
    reason: 'opens the shop',
    expected: [],
  })
  const id = await writePolicyChange(db.pool, {
    plan,
    ref: { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace, name: 'web' },
    apiVersion: 'networking.k8s.io/v1',
    change: 'create',
    before: null,
    after: { ...manifest, metadata: { name: 'web', uid: 'u-1', resourceVersion: '7' } },
    fields: [],
    tookOver: [],
    overrode: null,
  })
  await write({ action: 'policy.applied', actor, requestId, target: 'one object' })
  return id
}

beforeAll(async () => {
  await write({ action: 'session.begun', target: 'corp' })
  await write({ action: 'team.changed', actor: bob, target: 'store', result: 'refused', reason: '100 % not_allowed' })
  const id = await change(alice, 'shop', 'r-1')
  const end = { error: '', warnings: [], after: null, uid: null, resourceVersion: null }
  await completePolicyChange(db.pool, id, { ...end, state: 'applied' })
  await change(bob, 'ledger', 'r-2')
  await write({
    action: 'policy.applied',
    actor: bob,
    requestId: 'r-3',
    result: 'refused',
    cluster: 'c',
    namespace: 'shop',
  })
  await write({ action: 'link.made', target: 'of the ledger', cluster: 'c', namespace: 'ledger' })
  await write({ action: 'audit.pruned', actor: { account: null, name: 'Oriel' }, by: 'system' })
})

const told = async (sight: AuditSight, question: Partial<AuditQuestion> = {}) =>
  (await readAuditEntries(db.pool, { ...anything, ...question }, sight, null, 100)).entries.map(
    ({ entry: { action, name, target, result } }) => [action, name, target, result].join(' '),
  )

const newestFirst = [
  'audit.pruned Oriel  done',
  'link.made Alice of the ledger done',
  'policy.applied Bob  refused',
  'policy.applied Bob NetworkPolicy ledger/web unknown',
  'policy.applied Alice NetworkPolicy shop/web done',
  'team.changed Bob store refused',
  'session.begun Alice corp done',
]

it('tells events and changes of policies in one list, newest first, each change once', async () => {
  expect(await told(all)).toEqual(newestFirst)
})

it('goes on page by page without telling any twice or leaving any out', async () => {
  const seen: string[] = []
  let place = null
  do {
    const page = await readAuditEntries(db.pool, anything, all, place, 2)
    seen.push(...page.entries.map(({ entry }) => entry.id))
    place = page.next
  } while (place)
  const whole = await readAuditEntries(db.pool, anything, all, null, 100)
  expect(whole.next).toBeNull()
  expect(seen).toEqual(whole.entries.map(({ entry }) => entry.id))
})

describe('who sees what', () => {
  it('a viewer: what they did themselves, and no more of where they see nothing now', async () => {
    const sees = scopeOf([['c', 'shop']])
    expect(await told({ all: false, own: 1, sees, edits: nowhere })).toEqual([
      'policy.applied Alice NetworkPolicy shop/web done',
      'session.begun Alice corp done',
    ])
    expect(await told({ all: false, own: 2, sees, edits: nowhere })).toEqual([
      'policy.applied Bob  refused',
      'team.changed Bob store refused',
    ])
  })

  it('an editor: also what was done to policies where they edit', async () => {
    const edits = scopeOf([['c', 'shop']])
    expect(await told({ all: false, own: 9, sees: edits, edits })).toEqual([
      'policy.applied Bob  refused',
      'policy.applied Alice NetworkPolicy shop/web done',
    ])
  })

  it('whoever looks on as a team: nothing of their own', async () => {
    const sees = scopeOf([['c', 'shop']])
    expect(await told({ all: false, own: null, sees, edits: nowhere })).toEqual([])
  })

  it('who may not see an entry finds no detail of it', async () => {
    const { entries } = await readAuditEntries(db.pool, anything, all, null, 100)
    for (const { entry } of entries) {
      const [, kind = '', id] = /^([ep])(\d+)$/.exec(entry.id) ?? []
      const place = { kind: kind === 'p' ? ('p' as const) : ('e' as const), id: Number(id) }
      expect((await readAuditEntry(db.pool, place, all))?.entry).toEqual(entry)
      expect(await readAuditEntry(db.pool, place, { all: false, own: 9, sees: everything, edits: nowhere })).toBeNull()
    }
  })
})

describe('filters', () => {
  it.each<[Partial<AuditQuestion>, readonly number[]]>([
    [{ who: { account: 2 } }, [2, 3, 5]],
    [{ who: { name: 'Oriel' } }, [0]],
    [{ who: { name: 'Alice' } }, []],
    [{ actions: ['policy.applied', 'link.made'] }, [1, 2, 3, 4]],
    [{ results: ['refused'] }, [2, 5]],
    [{ results: ['unknown'] }, [3]],
    [{ cluster: 'c' }, [1, 2, 3, 4]],
    [{ text: 'SHOP/web' }, [4]],
    [{ text: '100 % not_' }, [5]],
    [{ text: '%' }, [5]],
    [{ text: 'r-1' }, [4]],
    [{ to: Date.now() - 3_600_000 }, []],
    [{ from: Date.now() - 3_600_000 }, [0, 1, 2, 3, 4, 5, 6]],
  ])('%j', async (question, expected) => {
    expect(await told(all, question)).toEqual(expected.map((at) => newestFirst[at]))
  })
})

it('tells who is in it, whoever is asked for', async () => {
  expect(await readAuditPeople(db.pool, { ...anything, who: { account: 1 } }, all)).toEqual([
    { who: 'id:1', name: 'Alice', count: 3 },
    { who: 'id:2', name: 'Bob', count: 3 },
    { who: 'name:Oriel', name: 'Oriel', count: 1 },
  ])
})

it('has of a change of policies both manifests and as whom it was asked for', async () => {
  const { entries } = await readAuditEntries(db.pool, { ...anything, text: 'shop/web' }, all, null, 1)
  expect(entries[0]).toMatchObject({
    entry: { account: 1, by: 'session', cluster: 'c', namespace: 'shop', reason: 'opens the shop' },
    before: null,
    after: manifest,
    policy: { state: 'applied', actedAs: { user: 'alice', groups: ['dev'] } },
  })
})

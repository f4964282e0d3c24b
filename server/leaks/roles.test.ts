import { beforeAll, describe, expect, it } from 'vitest'
import type { Rights } from '@/core/access/rights'
import { everything, scopeOf } from '@/core/scope'
import type { AnyChange, Change } from '@/server/change'
import { changes } from '@/server/changes/all'
import { writeTeam } from '@/server/db/access/write-team'
import { changeRoute } from '@/server/http'
import { sameIdentity } from '@/server/identity'
import { admits } from '@/server/testing-asker'
import { viewDatabase } from '@/server/views/testing'
import type { z } from 'zod'
import { belongings, policyText } from './testing-belongings'

const db = viewDatabase()
const [shop, none] = [scopeOf([['demo', 'shop']]), scopeOf([])]

/** From the most to the least. */
const roles = ['admin', 'editor', 'viewer', 'nobody'] as const
type Role = (typeof roles)[number]

const rightsOf: Readonly<Record<Role, Rights>> = {
  admin: { admin: true, sees: everything, edits: everything, teams: null },
  editor: { admin: false, sees: shop, edits: shop, teams: ['store'] },
  viewer: { admin: false, sees: shop, edits: none, teams: ['store'] },
  nobody: { admin: false, sees: none, edits: none, teams: [] },
}

type Row = {
  /** Who may at the least; of something that somebody made, of their own. */
  readonly may: Role
  /** And of what another person made. */
  readonly others?: Role
  readonly body?: object
  /** Makes what it is about, as of an account; the variable part of the path. */
  readonly subject?: (account: number) => Promise<object>
}

const { exception, view, link, draft, policyChange, policyPlan, session, token } = belongings(db)
const object = (namespace: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'a', namespace },
  spec: { podSelector: {} },
})
const content = {
  objects: [{ change: 'put', text: policyText('shop'), ref: null, resourceVersion: null, opened: null }],
}
const team = { name: 'new', namespaces: [{ cluster: null, name: 'x' }], viewers: [], editors: [] }
const version = 1

const newTeam = async () => ({ id: String(await writeTeam(db.pool, { ...team, name: next('t') }, 'a')) })

/** Every change, and who may make it: the table of roles and actions. */
const table: Readonly<Record<string, Row>> = {
  addEncryptionException: {
    may: 'editor',
    body: { filter: 'ns:shop', owner: 'a', reason: 'b', expiresAt: Date.now() + 86_400_000 },
  },
  deleteEncryptionException: { may: 'editor', subject: exception },
  saveView: { may: 'viewer', body: { name: 'x', path: '/' } },
  changeView: { may: 'viewer', others: 'admin', body: { path: '/flows' }, subject: view },
  deleteView: { may: 'viewer', others: 'admin', subject: view },
  makeLink: { may: 'viewer', body: { path: '/' } },
  deleteLink: { may: 'viewer', others: 'admin', subject: link },
  deleteLinks: { may: 'viewer', others: 'admin', subject: async (account) => ({ account: String(account) }) },
  applyPolicy: {
    may: 'editor',
    body: {
      cluster: 'demo',
      changes: [{ change: 'put', object: object('shop'), resourceVersion: null }],
      dryRun: true,
    },
  },
  undoPolicyChange: { may: 'editor', body: {}, subject: policyChange },
  undoPolicyPlan: { may: 'editor', body: { dryRun: true }, subject: policyPlan },
  savePolicyDraft: { may: 'viewer', body: { name: 'x', cluster: 'demo', content } },
  changePolicyDraft: { may: 'viewer', others: 'editor', body: { version: 1, content }, subject: draft },
  copyPolicyDraft: { may: 'viewer', others: 'editor', body: { name: 'copy' }, subject: draft },
  commentPolicyDraft: { may: 'viewer', others: 'editor', body: { text: 'x' }, subject: draft },
  deletePolicyDraft: { may: 'viewer', others: 'admin', subject: draft },
  createTeam: { may: 'admin', body: team },
  changeTeam: { may: 'admin', body: { ...team, version }, subject: newTeam },
  deleteTeam: { may: 'admin', subject: newTeam },
  changeRole: {
    may: 'admin',
    body: { version: 0, groups: [], confirmed: true },
    subject: async () => ({ role: 'viewer' }),
  },
  beginTeamView: { may: 'viewer', body: { team: 'store' } },
  endTeamView: { may: 'nobody' },
  endSession: { may: 'nobody', others: 'admin', subject: session },
  endOtherSessions: { may: 'nobody' },
  endMemberSessions: { may: 'admin', subject: async (account) => ({ id: String(account) }) },
  createToken: { may: 'viewer', body: { name: 'x', role: 'viewer', days: 1 } },
  revokeToken: { may: 'nobody', others: 'admin', subject: token },
}

let last = 0
const next = (word: string) => `${word}${++last}`

/** Refused as one who may not, or as one to whom it is not there. */
async function isRefused(change: AnyChange, row: Row, role: Role, of: 'own' | 'others'): Promise<boolean> {
  const [asker, other] = [100 + roles.indexOf(role), 99]
  const params = (await row.subject?.(of === 'own' ? asker : other)) ?? {}
  const named = row.body && 'name' in row.body ? { name: next('n') } : {}
  const request = new Request(`http://localhost:3000/api/v1/${change.path}`, {
    method: change.method,
    headers: { host: 'localhost:3000', 'content-type': 'application/json' },
    body: change.method === 'DELETE' ? undefined : JSON.stringify({ ...row.body, ...named }),
  })
  // A body that says nothing would be refused to nobody.
  expect(change.input.safeParse({ ...row.body, ...named, ...params }).error, change.name).toBeUndefined()
  const { sees, ...rights } = rightsOf[role]
  const run = changeRoute(change as Change<z.ZodType, unknown>, admits(sees, rights, asker), async () =>
    sameIdentity({ user: 'u', groups: [] }),
  )
  const { status } = await run(request, { params: Promise.resolve(params as Record<string, string>) })
  expect(status, `${change.name} as ${role}`).toBeLessThan(500)
  return [401, 403, 404].includes(status)
}

describe('roles and actions', () => {
  beforeAll(async () => void (await writeTeam(db.pool, { ...team, name: 'store' }, 'a')))

  it('are told of every change', () => {
    expect(Object.keys(table).toSorted()).toEqual(changes.map(({ name }) => name).toSorted())
  })

  it.each(changes.map((change) => [change.name, change] as const))('%s', async (name, change) => {
    const row = table[name]
    if (!row) throw new Error(`no row for ${name}`)
    const told = async (of: 'own' | 'others') => {
      const found: Role[] = []
      for (const role of roles) if (!(await isRefused(change, row, role, of))) found.push(role)
      return found
    }
    const upTo = (least: Role) => roles.slice(0, roles.indexOf(least) + 1)
    expect(await told('own')).toEqual(upTo(row.may))
    if (row.subject) expect(await told('others')).toEqual(upTo(row.others ?? row.may))
  })
})

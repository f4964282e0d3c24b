import type { TestDatabase } from '@/server/db/testing'
import { writeEncryptionException } from '@/server/db/encryption/write-encryption-exception'
import { writeLink } from '@/server/db/links/write-link'
import { writePolicyDraft } from '@/server/db/policy/write-policy-draft'
import { writeSavedView } from '@/server/db/links/write-saved-view'
import { writeSession } from '@/server/db/access/write-session'
import { writeToken } from '@/server/db/access/write-token'
import { hashOf } from '@/server/link-token'

const day = 86_400_000

export const policyText = (namespace: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a, namespace: ${namespace} }\n`

let last = 0
const fresh = (word: string): string => `${word} ${++last}`

/** Makes things of the namespace demo/shop as of an account; each answers with the variable part of its path. */
export function belongings(db: TestDatabase) {
  const account = (id: number) =>
    db.pool.query(
      `insert into account (id, issuer, subject, name, groups) overriding system value values ($1, 'i', $2, 'n', '{}') on conflict do nothing`,
      [id, String(id)],
    )
  const named = (id: number) => ({ id: String(id) })
  const policyChange = async () => {
    const { rows } = await db.pool.query<{ id: number; plan: number }>(
      `with plan as (insert into policy_plan (cluster, made_by, asked_from, request_id, reason) values ('demo', 'a', '', '', '') returning id)
       insert into policy_change (plan_id, api_version, api_group, kind, namespace, name, change, fields, state, completed_at)
       select id, 'networking.k8s.io/v1', 'networking.k8s.io', 'NetworkPolicy', 'shop', 'a', 'create', '{}', 'applied', now() from plan
       returning id, plan_id as plan`,
    )
    return rows[0] ?? { id: 0, plan: 0 }
  }
  return {
    exception: async (owner: number) =>
      named(
        await writeEncryptionException(db.pool, {
          filter: 'ns:shop',
          owner: 'o',
          reason: 'r',
          createdBy: 'c',
          expiresAt: Date.now() + day,
          account: owner,
        }),
      ),
    view: async (owner: number) =>
      named(await writeSavedView(db.pool, { name: fresh('view'), path: '/', account: owner, by: 'a', sharedWith: '' })),
    link: async (owner: number) =>
      named(
        await writeLink(db.pool, {
          tokenHash: hashOf(fresh('link')),
          title: '',
          path: '/',
          window: null,
          createdBy: 'a',
          account: owner,
          expiresAt: null,
          answers: [],
        }),
      ),
    draft: async (owner: number) => {
      const objects = [
        { change: 'put' as const, text: policyText('shop'), ref: null, resourceVersion: null, opened: null },
      ]
      const content = { objects, openedFrom: '', period: null, tests: [] }
      const of = { cluster: 'demo', content, by: 'a', account: owner, namespaces: ['shop'] }
      return named(await writePolicyDraft(db.pool, { name: fresh('draft'), ...of }))
    },
    policyChange: async () => named((await policyChange()).id),
    policyPlan: async () => named((await policyChange()).plan),
    session: async (owner: number) => {
      await account(owner)
      const at = { providerSession: null, provider: null, endsAt: Date.now() + day, address: '', agent: '' }
      return named(await writeSession(db.pool, { tokenHash: hashOf(fresh('session')), account: owner, ...at }))
    },
    token: async (owner: number) => {
      await account(owner)
      const of = { name: 'x', account: owner, role: 'viewer' as const, teams: null, endsAt: Date.now() + day }
      return named(await writeToken(db.pool, { tokenHash: hashOf(fresh('token')), ...of }))
    },
  }
}

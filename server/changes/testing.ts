import type { z } from 'zod'
import { everything, type Scope } from '@/core/scope'
import type { Rights } from '@/core/access/rights'
import type { ActedAs } from '@/core/policy/apply/audited-change'
import type { Actor, Change } from '@/server/change'
import { inTransaction } from '@/server/db/pool'
import { database } from '@/server/database'
import { changeRoute } from '@/server/http'
import { sameIdentity } from '@/server/identity'
import { admits, askerWith } from '@/server/testing-asker'

type Asked = {
  readonly id?: number
  readonly scope?: Scope | undefined
  readonly rights?: Partial<Rights>
  /** Somebody else than ada. */
  readonly account?: number
  readonly headers?: Record<string, string>
  readonly kubernetes?: ActedAs | null
}

/** For tests: `ada`, who acts in clusters as this person. */
export const ada = (kubernetes: ActedAs | null = null, scope: Scope = everything): Actor => ({
  name: 'ada',
  asker: askerWith(scope),
  scope,
  kubernetes: sameIdentity(kubernetes),
  request: { id: 'request-1', from: '192.0.2.7' },
  note: () => {},
  together: (work) => inTransaction(database(), work),
})

/** For tests: asks for a change as `ada` from a browser on this machine. */
export async function ask<I extends z.ZodType, A>(
  change: Change<I, A>,
  body: object,
  { id, scope = everything, rights, account, headers = {}, kubernetes = null }: Asked = {},
): Promise<{ readonly status: number; readonly body: A & { readonly detail: string } }> {
  const request = new Request(`http://localhost:3000/api/v1/${change.path}`, {
    method: change.method,
    headers: { host: 'localhost:3000', 'content-type': 'application/json', 'x-oriel-peer': '192.0.2.7', ...headers },
    body: change.method === 'DELETE' ? undefined : JSON.stringify(body),
  })
  const response = await changeRoute(change, admits(scope, rights, account), async () => sameIdentity(kubernetes))(
    request,
    {
      params: Promise.resolve(id === undefined ? {} : { id: String(id) }),
    },
  )
  return { status: response.status, body: (await response.json()) as A & { detail: string } }
}

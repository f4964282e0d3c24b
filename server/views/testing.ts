import { afterAll, beforeAll, expect } from 'vitest'
import type { z } from 'zod'
import type { Rights } from '@/core/access/rights'
import type { Scope } from '@/core/scope'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { batchOf, leasedSource } from '@/server/db/test-batches'
import { type TestDatabase, testDatabase } from '@/server/db/testing'
import type { WriteBatch } from '@/server/db/telemetry'
import { writeBatch } from '@/server/db/write-batch'
import { accessHub } from '@/server/access-hub'
import { ownDatabase } from '@/server/database'
import { route } from '@/server/http'
import { admits } from '@/server/testing-asker'
import type { View } from '@/server/view'

/** A test database that the views read; `write` flushes a batch of the source `hubble`. */
export function viewDatabase(): TestDatabase & { write(batch: Partial<WriteBatch>): Promise<void> } {
  const test = testDatabase()
  let token: bigint | undefined

  beforeAll(() => {
    process.env.ORIEL_DATABASE_URL = test.url
  })
  afterAll(async () => {
    // What is written while it is read follows changes of rights.
    accessHub().close()
    await ownDatabase().end()
  })

  return {
    get url() {
      return test.url
    },
    get pool() {
      return test.pool
    },
    async write(batch) {
      token ??= await leasedSource(test.pool, 'hubble')
      await writeBatch(test.pool, createDictionaries(test.pool), batchOf('hubble', token, batch))
    },
  }
}

/** A request as a browser on this machine sends it. */
export const get = (path: string, headers: Record<string, string> = {}): Request =>
  new Request(`http://localhost:3000/api/v1/${path}`, { headers: { host: 'localhost:3000', ...headers } })

/** The answer of a view to a query, through its route, checked against its own schema. */
export async function answerOf<P extends z.ZodType, Q, L, A>(
  view: View<P, Q, L, A>,
  path: string,
  scope?: Scope,
  ...as: [rights?: Partial<Rights>, account?: number]
): Promise<A> {
  const response = await route(view, admits(scope, ...as))(get(path))
  const body: unknown = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(200)
  return view.answer.parse(body)
}

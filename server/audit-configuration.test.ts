import { expect, it } from 'vitest'
import { testDatabase } from '@/server/db/testing'
import { auditConfiguration } from './audit-configuration'

const db = testDatabase()
const config = (port: number, clientSecret: string) => ({
  web: { port },
  auth: { providers: [{ id: 'corp', clientSecret }] },
  database: { url: `postgres://oriel:${clientSecret}@db/oriel` },
})

it('tells which settings changed since the start before, and no secret', async () => {
  await auditConfiguration(db.pool, config(3000, 'c4n4ry-one'))
  await auditConfiguration(db.pool, config(3000, 'c4n4ry-one'))
  await auditConfiguration(db.pool, config(3001, 'c4n4ry-one'))
  await auditConfiguration(db.pool, config(3001, 'c4n4ry-two'))
  const { rows } = await db.pool.query(
    'select action, account_name, reason, before, after from audit_event order by id',
  )
  expect(rows).toMatchObject([
    {
      action: 'configuration.changed',
      account_name: 'Oriel',
      reason: 'The first start that is told here.',
      before: null,
      after: { 'web.port': '3000', 'auth.providers[0].clientSecret': '[redacted]' },
    },
    { reason: '', before: { 'web.port': '3000' }, after: { 'web.port': '3001' } },
    {
      after: {
        'auth.providers[0].clientSecret': '[redacted] (another one)',
        'database.url': '"postgres://oriel:[redacted]@db/oriel" (another one)',
      },
    },
  ])
  expect(rows).toHaveLength(3)
  const everything = await db.pool.query(
    'select (select jsonb_agg(s) from setting s), (select jsonb_agg(e) from audit_event e)',
  )
  expect(JSON.stringify(everything.rows)).not.toContain('c4n4ry')
})

import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Leaf, leavesOf, shownValue } from '@/core/audit/configuration'
import { systemEvent } from '@/core/audit/event'
import { inTransaction, type Pool } from '@/server/db/pool'
import { readSetting } from '@/server/db/read-setting'
import { writeAuditEvent } from '@/server/db/audit/write-audit-event'
import { writeSetting } from '@/server/db/write-setting'
import { toError } from './errors'
import { log } from './log'

const key = 'configuration-seen'

/** What was seen of a setting: its value as shown and, of a secret, a salted hash that only tells whether it changed. */
const seenSchema = z.record(z.string(), z.object({ shown: z.string(), secret: z.string().nullable() }))
type Seen = z.infer<typeof seenSchema>

/** Writes to the audit which settings differ from those of the start before, without values of secrets. The first start tells all. */
export async function auditConfiguration(pool: Pool, config: unknown): Promise<void> {
  const leaves = leavesOf(config)
  await inTransaction(pool, async (connection) => {
    const parsed = seenSchema.safeParse(await readSetting(connection, key))
    const before: Seen = parsed.success ? parsed.data : {}
    const after = Object.fromEntries(leaves.map((leaf) => [leaf.path, seenOf(leaf, memberOf(before, leaf.path))]))
    const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    const changed = paths.filter((path) => !isSame(memberOf(before, path), memberOf(after, path)))
    if (changed.length === 0) return
    await writeSetting(connection, key, after)
    const hash = createHash('sha256').update(JSON.stringify(after)).digest('hex').slice(0, 12)
    await writeAuditEvent(connection, {
      ...systemEvent,
      action: 'configuration.changed',
      target: `${changed.length} of ${leaves.length} settings, configuration ${hash}`,
      before: parsed.success ? shownOf(before, changed) : null,
      after: shownOf(after, changed, before),
      reason: parsed.success ? '' : 'The first start that is told here.',
    })
  })
}

const retryMs = 10_000

/** The same, tried again until the database takes it. */
export function keepAuditingConfiguration(pool: Pool, config: unknown): void {
  auditConfiguration(pool, config).catch((thrown: unknown) => {
    log.warn({ error: toError(thrown).message }, 'the configuration could not be told to the audit; trying again')
    setTimeout(() => keepAuditingConfiguration(pool, config), retryMs).unref()
  })
}

type One = Seen[string]

function seenOf(leaf: Leaf, before: One | null): One {
  const shown = shownValue(leaf)
  if (!leaf.secret) return { shown, secret: null }
  return { shown, secret: before?.secret && isHashOf(before.secret, leaf.value) ? before.secret : hashOf(leaf.value) }
}

const isSame = (a: One | null, b: One | null): boolean =>
  a !== null && b !== null && a.shown === b.shown && a.secret === b.secret

/** What changed, as shown. Of a secret that changed behind the same look, that it did. */
const shownOf = (of: Seen, paths: readonly string[], before: Seen = {}) =>
  Object.fromEntries(
    paths.flatMap((path) => {
      const [one, was] = [memberOf(of, path), memberOf(before, path)]
      return one ? [[path, one.shown === was?.shown ? `${one.shown} (another one)` : one.shown]] : []
    }),
  )

const memberOf = (seen: Seen, path: string): One | null => (Object.hasOwn(seen, path) ? (seen[path] ?? null) : null)

/** Slow on purpose: whoever reads the database shall not find out a weak secret by trying. */
function hashOf(value: string, salt: Uint8Array = randomBytes(16)): string {
  return `${Buffer.from(salt).toString('base64')}:${scryptSync(value, salt, 32).toString('base64')}`
}

function isHashOf(hash: string, value: string): boolean {
  const salt = Buffer.from(hash.split(':')[0] ?? '', 'base64')
  const [a, b] = [Buffer.from(hash), Buffer.from(hashOf(value, salt))]
  return a.length === b.length && timingSafeEqual(a, b)
}

import type { Asker } from '@/core/access/asker'
import { scopeKey } from '@/core/scope'
import { readSessionAccount } from '@/server/db/access/read-session-account'
import { askerOf } from './access'
import { accessHub } from './access-hub'
import { database } from './database'
import { env } from './env'
import { AppError } from './errors'
import { loadRights, narrowed } from './rights'

/** How long somebody may go on with an answer whose end is not in sight. */
export type Standing = {
  /** Aborted when who asked left, is logged in no more, or may see something else than when it began. */
  readonly signal: AbortSignal
  /** The answer is at its end: nobody looks any more. */
  readonly stop: () => void
}

type Means = {
  /** What somebody may see now; null: nothing any more. */
  readonly sees: (headers: Headers, asker: Asker) => Promise<string | null>
  /** Calls when rights or sessions changed; returns how to leave. */
  readonly onChange: (changed: () => void) => () => void
  readonly everyMs: number
}

/** Rights may be half a minute old, and who lost them must be gone within a minute. */
const means: Means = {
  sees: seesNow,
  onChange: (changed) => accessHub().subscribe(changed),
  everyMs: 25_000,
}

/**
 * Watches whether who asked may go on: every 25 s, and at once when rights or sessions change. Where that cannot be
 * found out, it is looked again; twice in a row is an end.
 */
export function standing(
  { headers, signal }: Pick<Request, 'headers' | 'signal'>,
  asker: Asker,
  { sees, onChange, everyMs }: Means = means,
): Standing {
  const ended = new AbortController()
  const began = scopeKey(asker.rights.sees)
  let failures = 0
  const look = async () => {
    try {
      const now = await sees(headers, asker)
      failures = 0
      if (now !== began) end()
    } catch {
      if (++failures > 1) end()
    }
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  const leave = onChange(() => void look())
  const stop = () => {
    clearInterval(timer)
    leave()
    signal.removeEventListener('abort', left)
  }
  const left = () => {
    stop()
    ended.abort(signal.reason)
  }
  const end = () => {
    stop()
    ended.abort(new AppError('unauthenticated', 'Your session has ended, or your rights have changed. Ask anew.'))
  }
  signal.addEventListener('abort', left)
  if (signal.aborted) left()
  return { signal: ended.signal, stop }
}

/** A token of a browser changes meanwhile, so its session is looked at; that of a program does not. */
async function seesNow(headers: Headers, { by, viewAs }: Asker): Promise<string | null> {
  if ('token' in by) {
    const asker = await askerOf(headers).catch((thrown: unknown) => {
      if (thrown instanceof AppError && thrown.code === 'unauthenticated') return null
      throw thrown
    })
    return asker && scopeKey(asker.rights.sees)
  }
  const account = await readSessionAccount(database(), by.session, env().auth.session.idle)
  if (!account) return null
  const rights = await loadRights(account)
  return scopeKey((viewAs === null ? rights : await narrowed(rights, viewAs)).sees)
}

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>

/** A body that goes on while its reader may have it. One that is ended by that breaks off, so that no half is taken for the whole. */
export function bodyWhile(body: Bytes, { signal, stop }: Standing): Bytes {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read()
          if (!signal.aborted && !done) return controller.enqueue(value)
          stop()
          if (!signal.aborted) return controller.close()
          await reader.cancel(signal.reason)
          controller.error(signal.reason)
        } catch (thrown) {
          stop()
          controller.error(thrown)
        }
      },
      async cancel(reason) {
        stop()
        await reader.cancel(reason)
      },
    },
    new CountQueuingStrategy({ highWaterMark: 1 }),
  )
}

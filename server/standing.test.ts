import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { scopeOf, scopeKey } from '@/core/scope'
import { endSessions } from './db/access/end-sessions'
import { readSessionAccount } from './db/access/read-session-account'
import { writeAccount } from './db/access/write-account'
import { writeSession } from './db/access/write-session'
import { hashOf } from './link-token'
import { bodyWhile, standing } from './standing'
import { askerWith } from './testing-asker'
import { viewDatabase } from './views/testing'

const shop = scopeOf([['c', 'shop']])

describe('who may go on with an answer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const begin = () => {
    const request = new AbortController()
    let answer: () => Promise<string | null> = async () => scopeKey(shop)
    let changed = () => {}
    const left = vi.fn()
    const stands = standing({ headers: new Headers(), signal: request.signal }, askerWith(shop), {
      sees: () => answer(),
      onChange: (heard) => {
        changed = heard
        return left
      },
      everyMs: 25_000,
    })
    return {
      ...stands,
      request,
      left,
      change: async () => {
        changed()
        await vi.advanceTimersByTimeAsync(0)
      },
      now: (next: () => Promise<string | null>) => void (answer = next),
    }
  }

  it('goes on while the same may be seen', async () => {
    const { signal, change } = begin()
    await change()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(signal.aborted).toBe(false)
  })

  it.each<[string, string | null]>([
    ['no session', null],
    ['less', scopeKey(scopeOf([]))],
    ['another namespace', scopeKey(scopeOf([['c', 'bank']]))],
  ])('ends within a minute, and at once when rights change: %s', async (_, sees) => {
    const [quiet, told] = [begin(), begin()]
    for (const one of [quiet, told]) one.now(async () => sees)
    await told.change()
    expect([told.signal.aborted, quiet.signal.aborted]).toEqual([true, false])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(quiet.signal.aborted).toBe(true)
    expect(quiet.left).toHaveBeenCalledOnce()
  })

  it('outlives one failure to look, and no second', async () => {
    const { signal, now } = begin()
    now(() => Promise.reject(new Error('away')))
    await vi.advanceTimersByTimeAsync(25_000)
    expect(signal.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(25_000)
    expect(signal.aborted).toBe(true)
  })

  it('ends with its reader, and looks no more after that or after its end', async () => {
    const [gone, done] = [begin(), begin()]
    gone.request.abort()
    done.stop()
    for (const one of [gone, done]) one.now(() => Promise.reject(new Error('nobody looks')))
    await vi.advanceTimersByTimeAsync(600_000)
    expect([gone.signal.aborted, done.signal.aborted]).toEqual([true, false])
    for (const one of [gone, done]) expect(one.left).toHaveBeenCalled()
  })
})

describe('a body', () => {
  const open = () => {
    const end = new AbortController()
    const stop = vi.fn()
    const parts = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>()
    const body = bodyWhile(parts.readable, { signal: end.signal, stop })
      .pipeThrough(new TextDecoderStream())
      .getReader()
    return { end, stop, body, writer: parts.writable.getWriter() }
  }
  const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text))

  it('comes whole while its reader may have it', async () => {
    const { stop, body, writer } = open()
    void writer.write(bytes('a')).then(() => writer.close())
    expect(await body.read()).toEqual({ done: false, value: 'a' })
    expect((await body.read()).done).toBe(true)
    expect(stop).toHaveBeenCalled()
  })

  it('breaks off once they may not, so that it is not taken for the whole', async () => {
    const { end, body, writer } = open()
    void writer.write(bytes('a'))
    expect((await body.read()).value).toBe('a')
    end.abort(new Error('ended'))
    writer.close().catch(() => {})
    await expect(body.read()).rejects.toThrow('ended')
  })
})

describe('a session', () => {
  const db = viewDatabase()
  it('has its account until it ends', async () => {
    const identity = { issuer: 'https://a.example', subject: 's', name: 'ada', email: null, groups: ['g'] }
    const account = await writeAccount(db.pool, identity)
    const session = await writeSession(db.pool, {
      tokenHash: hashOf('x'),
      account,
      provider: null,
      providerSession: null,
      endsAt: Date.now() + 60_000,
      address: '',
      agent: '',
    })
    expect(await readSessionAccount(db.pool, session, 60_000)).toMatchObject({
      id: account,
      name: 'ada',
      groups: ['g'],
    })
    expect(await readSessionAccount(db.pool, session, 0)).toBeNull()
    await endSessions(db.pool, { account })
    expect(await readSessionAccount(db.pool, session, 60_000)).toBeNull()
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLiveHub, type LiveEvent, type Listen } from './live'
import { liveStream } from './live-stream'

/** A listener whose notices and losses the test decides. */
function setUp() {
  const connections: { heard: () => void; lose: () => void }[] = []
  const listen: Listen = (heard, ready, signal) =>
    new Promise((resolve) => {
      connections.push({ heard, lose: resolve })
      signal.addEventListener('abort', () => resolve())
      ready()
    })
  const hub = createLiveHub(listen)
  return { hub, connections, notice: () => connections.at(-1)?.heard(), lose: () => connections.at(-1)?.lose() }
}

describe('the live hub', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('listens once for all and only while somebody asked', async () => {
    const { hub, connections } = setUp()
    expect(connections).toHaveLength(0)
    for (let i = 0; i < 50; i++) hub.subscribe(() => {})
    expect(connections).toHaveLength(1)
    hub.close()
  })

  it('makes one tick of all notices within a second, and loses none', () => {
    const { hub, notice } = setUp()
    const events: LiveEvent[] = []
    hub.subscribe((event) => events.push(event))
    for (let i = 0; i < 100; i++) notice()
    vi.advanceTimersByTime(1)
    expect(events).toEqual([{ type: 'tick' }])
    notice()
    vi.advanceTimersByTime(900)
    expect(events).toHaveLength(1)
    vi.advanceTimersByTime(200)
    expect(events).toHaveLength(2)
    hub.close()
  })

  it('reconnects and then says reconcile, once', async () => {
    const { hub, connections, lose } = setUp()
    const events: LiveEvent[] = []
    hub.subscribe((event) => events.push(event))
    lose()
    await vi.advanceTimersByTimeAsync(600)
    expect(connections).toHaveLength(2)
    expect(events).toEqual([{ type: 'reconcile' }])
    hub.close()
  })
})

describe('a live stream', () => {
  const limits = { streams: 2, perPerson: 9, buffered: 4, heartbeatMs: 15_000 }
  const open = (hub: ReturnType<typeof setUp>['hub'], abort = new AbortController()) =>
    liveStream(hub, async () => 50_000, { account: 1, signal: abort.signal, stop: () => {} }, limits)
  const reader = (response: Response) => response.body?.pipeThrough(new TextDecoderStream()).getReader()

  it('begins with retry and ready, ticks, and ends with its client', async () => {
    const { hub, notice } = setUp()
    const abort = new AbortController()
    const response = open(hub, abort)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('cache-control')).toContain('no-transform')
    const events = reader(response)
    expect((await events?.read())?.value).toBe('retry: 3000\n\n')
    expect((await events?.read())?.value).toBe('event: ready\ndata: {"to":50000}\n\n')
    notice()
    expect((await events?.read())?.value).toBe('event: tick\ndata: {"to":50000}\n\n')
    abort.abort()
    expect((await events?.read())?.done).toBe(true)
    expect(hub.subscribers).toBe(0)
    hub.close()
  })

  it('keeps the connection open with heartbeats', async () => {
    vi.useFakeTimers()
    const { hub } = setUp()
    const events = open(hub).body?.getReader()
    await events?.read()
    await events?.read()
    vi.advanceTimersByTime(15_000)
    expect(new TextDecoder().decode((await events?.read())?.value)).toMatch(/^: /)
    hub.close()
    vi.useRealTimers()
  })

  it('refuses more than its limit and takes one again when one left', () => {
    const { hub } = setUp()
    const abort = new AbortController()
    open(hub, abort)
    open(hub)
    expect(() => open(hub)).toThrow('limit')
    abort.abort()
    expect(() => open(hub)).not.toThrow()
    hub.close()
  })

  it('refuses one person more than their share, and nobody else', () => {
    const { hub } = setUp()
    const abort = new AbortController()
    const openFor = (account: number) =>
      liveStream(
        hub,
        async () => 50_000,
        { account, signal: abort.signal, stop: () => {} },
        { ...limits, streams: 9, perPerson: 1 },
      )
    openFor(7)
    expect(() => openFor(7)).toThrow('You have 1 live streams open')
    expect(() => openFor(8)).not.toThrow()
    abort.abort()
    hub.close()
  })

  it('drops a client that does not read, at a bounded buffer', async () => {
    vi.useFakeTimers()
    const { hub, notice } = setUp()
    open(hub)
    for (let i = 0; i < 10; i++) {
      notice()
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(hub.subscribers).toBe(0)
    hub.close()
    vi.useRealTimers()
  })

  it('ends when the process stops, and starts none after', async () => {
    const { hub } = setUp()
    const events = reader(open(hub))
    await events?.read()
    await events?.read()
    hub.close()
    expect((await events?.read())?.done).toBe(true)
    expect(() => open(hub)).toThrow('stopping')
  })
})

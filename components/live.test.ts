import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLive, refreshMs, refreshOnTick } from './live'

class FakeStream extends EventTarget {
  readyState = 1
  closed = false
  close() {
    this.closed = true
    this.readyState = 2
  }
  say(type: string) {
    this.dispatchEvent(new Event(type))
  }
}

class FakeTab extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible'
  show(state: DocumentVisibilityState) {
    this.visibilityState = state
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

function setUp() {
  const streams: FakeStream[] = []
  const tab = new FakeTab()
  const live = createLive(() => {
    const stream = new FakeStream()
    streams.push(stream)
    return stream
  }, tab)
  const ticks = vi.fn()
  live.onTick(ticks)
  const close = live.open()
  const newest = () => {
    const stream = streams.at(-1)
    if (!stream) throw new Error('no stream was opened')
    return stream
  }
  return { live, tab, streams, ticks, close, newest }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the live stream', () => {
  it('is live once it opened, and ticks', () => {
    const { live, ticks, newest } = setUp()
    expect(live.state()).toBe('connecting')
    newest().say('open')
    expect(live.state()).toBe('live')
    expect(ticks).toHaveBeenCalledTimes(1)
  })

  it('ticks at most once a second and does not lose the last event', () => {
    const { ticks, newest } = setUp()
    for (let i = 0; i < 50; i++) newest().say('message')
    expect(ticks).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1_000)
    expect(ticks).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(10_000)
    expect(ticks).toHaveBeenCalledTimes(2)
  })

  it('costs nothing in a hidden tab and reconciles when seen again', () => {
    const { live, tab, streams, ticks, newest } = setUp()
    newest().say('open')
    tab.show('hidden')
    expect(live.state()).toBe('hidden')
    expect(newest().closed).toBe(true)
    vi.advanceTimersByTime(60_000)
    tab.show('visible')
    expect(streams).toHaveLength(2)
    newest().say('open')
    expect(live.state()).toBe('live')
    expect(ticks).toHaveBeenCalledTimes(2)
  })

  it('says that the connection is lost and opens a new one where the browser gave up', () => {
    const { live, streams, newest } = setUp()
    newest().readyState = 2
    newest().say('error')
    expect(live.state()).toBe('lost')
    vi.advanceTimersByTime(5_000)
    expect(streams).toHaveLength(2)
    newest().say('open')
    expect(live.state()).toBe('live')
  })

  it('opens nothing after it was closed', () => {
    const { streams, newest, close } = setUp()
    newest().readyState = 2
    newest().say('error')
    close()
    vi.advanceTimersByTime(60_000)
    expect(streams).toHaveLength(1)
  })
})

describe('refreshing', () => {
  it('refetches live queries only, at most once in refreshMs', () => {
    const { live, newest } = setUp()
    const client = new QueryClient()
    const invalidate = vi.spyOn(client, 'invalidateQueries').mockResolvedValue()
    const stop = refreshOnTick(live, client)
    for (let second = 0; second < 11; second++) {
      newest().say('message')
      vi.advanceTimersByTime(1_000)
    }
    expect(invalidate.mock.calls.length).toBeLessThanOrEqual(1 + Math.ceil(11_000 / refreshMs))
    expect(invalidate.mock.calls.length).toBeGreaterThanOrEqual(2)
    stop()
  })
})

import { describe, expect, test } from 'vitest'
import { minute, start, virtualWorld } from '../test-world'
import type { CallMade, Witness } from './made'

const live = (stepMs: number, until = minute) => {
  const closed: CallMade[] = []
  const lived: number[] = []
  const witness: Witness = {
    made: () => undefined,
    closed: (call) => void closed.push(call),
    lived: (time) => void lived.push(time),
  }
  const world = virtualWorld(() => [witness])
  for (let now = start; now < start + until; now += stepMs) world.engine.advance(now + stepMs)
  return { ...world, closed, lived }
}
const summary = (calls: readonly CallMade[]) =>
  JSON.stringify(calls.map((c) => [c.edge, c.endedAt, c.traceId, c.bytesSent]))

describe('calls', () => {
  const { calls, truth, closed, lived } = live(1000, 2 * minute)

  test('are the same for a seed, however often time is advanced', () => {
    expect(summary(live(100, 20_000).calls)).toBe(summary(live(4000, 20_000).calls))
  })

  test('are told in the order of their ends, each once and named', () => {
    expect(calls.every((call, i) => i === 0 || call.endedAt >= (calls[i - 1]?.endedAt ?? 0))).toBe(true)
    expect(new Set(calls.map((call) => call.serverSpanId)).size).toBe(calls.length)
    expect(calls.length / 120).toBeGreaterThan(60)
    expect(lived.at(-1)).toBe(start + 2 * minute)
  })

  test('are what the truth says', () => {
    const { edges } = truth.read(start, start + 3 * minute)
    for (const [key, edge] of Object.entries(edges)) {
      const own = calls.filter((call) => call.edge === key)
      const made = own.filter((call) => !call.denied)
      expect([key, edge.calls, edge.refusedCalls]).toEqual([key, made.length, own.length - made.length])
      expect(edge.bytesSent).toBe(made.reduce((sum, call) => sum + call.bytesSent, 0))
      expect(edge.connections).toBe(made.filter((call) => call.opensConnection).length)
      expect(Object.values(edge.protection).reduce((sum, n) => sum + n, 0)).toBe(made.length)
    }
  })

  test('tell of the same answers as the relay does', () => {
    const { edges } = truth.read(start, start + 2 * minute - 10_000)
    const key = Object.keys(edges).find((edge) => edge.includes('bff -> accounts/Deployment/identity')) ?? ''
    const { statuses = {}, responses = 0 } = edges[key] ?? {}
    const made = calls.filter((call) => call.edge === key && call.endedAt + 0.35 < start + 2 * minute - 10_000)
    expect(made).toHaveLength(responses)
    expect(made.filter((call) => call.failed)).toHaveLength((statuses as Record<string, number>)['grpc-14'] ?? 0)
  })

  test('form traces several calls deep', () => {
    const spans = new Map(calls.map((call) => [call.serverSpanId, call]))
    const children = calls.filter((call) => call.parentSpanId)
    expect(children.length).toBeGreaterThan(calls.length / 10)
    for (const child of children) {
      const parent = spans.get(child.parentSpanId)
      if (parent) expect([parent.traceId, parent.to.workload]).toEqual([child.traceId, child.from.workload])
    }
    expect(children.some((child) => spans.get(child.parentSpanId)?.parentSpanId)).toBe(true)
  })

  test('close the connections that they opened', () => {
    const due = calls.filter((call) => call.closesAt !== null && call.closesAt <= start + 2 * minute)
    expect(closed).toHaveLength(due.length)
    expect(closed.length).toBeGreaterThan(100)
  })
})

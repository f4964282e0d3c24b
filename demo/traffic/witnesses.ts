import { createTimeHeap } from './heap'
import type { CallMade, Context, Witness } from './made'

/** Tells calls to all witnesses when they are over, and connections when they are closed. */
export type Telling = {
  add(call: CallMade): void
  /** Tells what ended until then. O(n log n) of what ended. */
  advance(until: number): void
  /** The span during which a workload makes a call at `time`, if it was being called then. */
  contextOf(caller: string, time: number): Context | undefined
}

type Due = { readonly time: number; readonly call: CallMade; readonly isClosing: boolean }

export function createTelling(witnesses: readonly Witness[]): Telling {
  const due = createTimeHeap<Due>()
  /** The newest call into each workload. */
  const newest = new Map<string, CallMade>()
  return {
    add(call) {
      due.push({ time: call.endedAt, call, isClosing: false })
      const { workload } = call.to
      if (workload && !call.denied) newest.set(`${workload.spec.namespace}/${workload.spec.name}`, call)
    },
    advance(until) {
      for (let next = due.popUntil(until); next; next = due.popUntil(until)) {
        const { call, isClosing } = next
        for (const witness of witnesses)
          if (isClosing) witness.closed?.(call)
          else witness.made(call)
        if (!isClosing && call.closesAt !== null) due.push({ time: call.closesAt, call, isClosing: true })
      }
      for (const witness of witnesses) witness.lived?.(until)
    },
    contextOf(caller, time) {
      const call = newest.get(caller)
      if (!call || time < call.time || time >= call.endedAt) return undefined
      return { traceId: call.traceId, spanId: call.serverSpanId }
    },
  }
}

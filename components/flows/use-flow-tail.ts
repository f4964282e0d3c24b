'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTick } from '../live'
import { type FlowParams, flowsQuery, newerFlows } from '../queries'
import { emptyTail, joined, received, released } from './tail'

const tailLimit = 500

/** The flow table's rows: pages of older ones, and a live tail that waits while the viewer reads. What waited shows at the next tick after. */
export function useFlowTail(params: FlowParams, reading: boolean) {
  const query = useInfiniteQuery(flowsQuery(params))
  const { data, refetch } = query
  const [held, setHeld] = useState({ params, tail: emptyTail })
  // Another question starts another tail.
  if (held.params !== params) setHeld({ params, tail: emptyTail })
  const tail = held.params === params ? held.tail : emptyTail
  const busy = useRef(false)
  const after = tail.after ?? data?.pages[0]?.after ?? null
  const live = params.last !== undefined

  const follow = useCallback(async () => {
    if (!live || busy.current || !data) return
    busy.current = true
    try {
      if (after === null) await refetch()
      else {
        const page = await newerFlows({ ...params, limit: tailLimit }, after)
        setHeld((was) => (was.params === params ? { params, tail: received(was.tail, page, reading, tailLimit) } : was))
      }
    } catch {
      // The indicator tells of a lost connection; the next tick tries again from the same cursor.
    } finally {
      busy.current = false
    }
  }, [live, data, after, params, reading, refetch])
  useTick(useCallback(() => void follow(), [follow]))

  const release = useCallback(() => setHeld((was) => ({ ...was, tail: released(was.tail) })), [])
  const rows = useMemo(() => joined(tail, data?.pages ?? []), [tail, data])
  return { ...query, rows, waiting: tail.waiting.length, skipped: tail.skipped, release }
}

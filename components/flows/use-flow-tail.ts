'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { FlowPage } from '@/core/flow-row'
import { useTick } from '../live'
import { type FlowParams, flowsQuery, newerFlows } from '../queries'
import { emptyTail, joined, received, released } from './tail'

const tailLimit = 500
/** Answers read at one tick; past this, flows come faster than a table can follow. */
const tailPages = 4

/** Everything newer than a cursor, newest first, within the bounds above. */
async function readTail(params: FlowParams, after: string): Promise<FlowPage> {
  const newest = await newerFlows({ ...params, limit: tailLimit }, after)
  const rows = [...newest.rows]
  let last = newest.rows.length === tailLimit ? newest.rows.at(-1) : undefined
  for (let read = 1; last && read < tailPages; read++) {
    const page = await newerFlows({ ...params, limit: tailLimit }, after, last.id)
    rows.push(...page.rows)
    last = page.rows.length === tailLimit ? page.rows.at(-1) : undefined
  }
  return { ...newest, rows }
}

/** The flow table's rows: pages of older ones, and a live tail that waits while the viewer reads. What waited shows at the next tick after. */
export function useFlowTail(params: FlowParams, reading: boolean) {
  const query = useInfiniteQuery(flowsQuery(params))
  const { data, refetch } = query
  const [held, setHeld] = useState({ params, tail: emptyTail })
  // Another question starts another tail.
  if (held.params !== params) setHeld({ params, tail: emptyTail })
  const tail = held.params === params ? held.tail : emptyTail
  const busy = useRef(false)
  // Whether the viewer reads is asked when an answer comes, not when it was asked for.
  const still = useRef(reading)
  useEffect(() => {
    still.current = reading
  }, [reading])
  const after = tail.after ?? data?.pages[0]?.after ?? null
  const live = params.last !== undefined

  const follow = useCallback(async () => {
    if (!live || busy.current || !data) return
    busy.current = true
    try {
      if (after === null) await refetch()
      else {
        const page = await readTail(params, after)
        setHeld((was) =>
          was.params === params
            ? { params, tail: received(was.tail, page, still.current, tailLimit * tailPages) }
            : was,
        )
      }
    } catch {
      // The indicator tells of a lost connection; the next tick tries again from the same cursor.
    } finally {
      busy.current = false
    }
  }, [live, data, after, params, refetch])
  useTick(useCallback(() => void follow(), [follow]))

  const release = useCallback(() => setHeld((was) => ({ ...was, tail: released(was.tail) })), [])
  const rows = useMemo(() => joined(tail, data?.pages ?? []), [tail, data])
  return { ...query, rows, waiting: tail.waiting.length, skipped: tail.skipped, release }
}

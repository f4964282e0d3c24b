'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { FlowRow } from '@/core/flows/flow-row'
import { useTick } from '../live'
import { type FlowParams, flowsQuery, newerFlows, newestFlows } from './queries'
import { emptyTail, isFull, joined, maxShown, received, released } from './tail'

const tailLimit = 500
/** Pages read at one tick, of which there is one a second; past this, flows come faster than a table can follow. */
const tailPages = 4

/** What is newer than a cursor, newest first, without a hole; `more`: there is more than one tick reads. */
async function readTail(params: FlowParams, from: string) {
  const rows: FlowRow[] = []
  let after = from
  let more = true
  for (let page = 0; page < tailPages && more; page++) {
    const newer = await newerFlows({ ...params, limit: tailLimit }, after)
    rows.unshift(...newer.rows)
    after = newer.after ?? after
    more = newer.more
  }
  return { rows, after, more }
}

/**
 * The flow table's rows: pages of older ones and, where the list begins with the newest, a live tail that waits while
 * the viewer reads. Nothing is left out: where more came than was read, the list begins anew with its newest page and
 * goes on from there when scrolled.
 */
export function useFlowTail(params: FlowParams, start: string | null, reading: boolean) {
  const client = useQueryClient()
  const options = flowsQuery(params, start)
  const query = useInfiniteQuery(options)
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
  const live = params.last !== undefined && start === null
  const full = isFull(tail)

  const restart = useCallback(async () => {
    const page = await newestFlows(params)
    client.setQueryData(flowsQuery(params, null).queryKey, { pages: [page], pageParams: [null] })
    setHeld({ params, tail: emptyTail })
  }, [client, params])

  const follow = useCallback(async () => {
    if (!live || busy.current || !data || (still.current && full)) return
    busy.current = true
    try {
      if (after === null) await refetch()
      else {
        const newer = await readTail(params, after)
        if (!still.current && (newer.more || tail.shown.length > maxShown)) await restart()
        else
          setHeld((was) => (was.params === params ? { params, tail: received(was.tail, newer, still.current) } : was))
      }
    } catch {
      // The indicator tells of a lost connection; the next tick tries again from the same cursor.
    } finally {
      busy.current = false
    }
  }, [live, data, full, after, params, refetch, restart, tail.shown.length])
  useTick(useCallback(() => void follow(), [follow]))

  const release = useCallback(() => {
    if (full) void restart()
    else setHeld((was) => ({ ...was, tail: released(was.tail) }))
  }, [full, restart])
  const rows = useMemo(() => joined(tail, data?.pages ?? []), [tail, data])
  return { ...query, rows, waiting: tail.waiting.length, full, live, release }
}

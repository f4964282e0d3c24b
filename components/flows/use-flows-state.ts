'use client'

import { parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { flowId } from '@/core/flows/flow-id'
import type { FlowParams } from './queries'
import { urlParsers, useFilter, useSelection, useViewParams } from '../url-state'

export const flowViews = ['table', 'denied', 'dns'] as const
export type FlowView = (typeof flowViews)[number]

const pageLimit = 200
/** A page comes within a tenth of a second; what was not searched by then is searched by the next one. */
const searchMs = 50
/** What the table asks for at once. */
export const pageParams = { limit: pageLimit, searchMs } as const
/** Below every key, in the order of the database. */
const leastKey = 2n ** 63n

/** What the page asks of records, all of it in the URL: filter, selection of the map, time, and the moment that it was moved to. */
export function useFlowsState() {
  const [view, setView] = useQueryState(
    'view',
    parseAsStringLiteral(flowViews).withDefault('table').withOptions({ history: 'push' }),
  )
  const [{ at }, setAt] = useQueryStates({ at: urlParsers.at }, { history: 'push' })
  const [sel, setSel] = useSelection()
  const [, setQ] = useFilter()
  const shared = useViewParams()
  const asked = useMemo<FlowParams>(() => ({ ...shared, sel: sel ?? undefined }), [shared, sel])
  const params = useMemo<FlowParams>(() => ({ ...asked, ...pageParams }), [asked])
  const clear = useCallback(() => {
    void setQ(null)
    void setSel(null)
  }, [setQ, setSel])
  return {
    view,
    setView,
    /** Of every view of the page. */
    asked,
    /** Of the table. */
    params,
    /** The moment that the table begins at, milliseconds; null: with the newest. */
    at,
    setAt: useCallback((next: number | null) => void setAt({ at: next }), [setAt]),
    start: at === null ? null : flowId({ time: at + 0.001, key: leastKey }),
    sel,
    clearSelection: useCallback(() => void setSel(null), [setSel]),
    filtered: Boolean(shared.q || sel),
    clear,
  }
}

/** The flow whose detail is open; null when none is. */
export const useOpenFlow = () => useQueryState('flow', urlParsers.sel)

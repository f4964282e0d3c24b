'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { FlowFormat } from '@/core/flows/flow-text'
import { apiPath } from '../api'
import type { FlowParams } from './queries'
import { download } from '../share/download'

/** `rows`: written so far; `size`: bytes. */
export type ExportState =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly rows: number; readonly size: number }
  | { readonly state: 'done'; readonly rows: number; readonly limit: number | null }
  | { readonly state: 'failed'; readonly message: string }

const newline = 0x0a
/** The state is told at most this often, milliseconds. */
const tellMs = 200

/** Reads an export as it is written, counts its lines, and hands the file to the browser when it is whole. */
export function useExport(params: FlowParams) {
  const [state, setState] = useState<ExportState>({ state: 'idle' })
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start = useCallback(
    async (format: FlowFormat) => {
      running.current?.abort()
      const abort = new AbortController()
      running.current = abort
      setState({ state: 'running', rows: 0, size: 0 })
      try {
        const { limit: _page, searchMs: _search, ...question } = params
        const response = await fetch(apiPath('flows/export', { ...question, format }), { signal: abort.signal })
        if (!response.ok || !response.body) throw new Error(await problemOf(response))
        const head = format === 'csv' ? 1 : 0
        let [lines, size, told] = [0, 0, 0]
        const chunks: Uint8Array<ArrayBuffer>[] = []
        const reader = response.body.getReader()
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          chunks.push(next.value)
          size += next.value.length
          for (const byte of next.value) if (byte === newline) lines++
          if (Date.now() - told < tellMs) continue
          told = Date.now()
          setState({ state: 'running', rows: Math.max(0, lines - head), size })
        }
        download(nameOf(response), new Blob(chunks, { type: response.headers.get('content-type') ?? '' }))
        const limit = Number(response.headers.get('x-oriel-limit'))
        const rows = Math.max(0, lines - head)
        setState({ state: 'done', rows: Math.min(rows, limit), limit: rows > limit ? limit : null })
      } catch (error) {
        if (abort.signal.aborted) setState({ state: 'idle' })
        else setState({ state: 'failed', message: error instanceof Error ? error.message : String(error) })
      }
    },
    [params],
  )
  const cancel = useCallback(() => {
    running.current?.abort()
    setState({ state: 'idle' })
  }, [])
  return { state, start, cancel }
}

async function problemOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null)
  const detail = typeof body === 'object' && body !== null ? Reflect.get(body, 'detail') : null
  return typeof detail === 'string' ? detail : `The server answered ${response.status}.`
}

const nameOf = (response: Response): string =>
  /filename="([^"/\\]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'oriel-flows'

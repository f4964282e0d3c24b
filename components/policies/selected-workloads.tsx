'use client'

import Link from 'next/link'
import { useState } from 'react'
import { plural } from '../format'
import { servicePath } from '../service-path'
import { useKeptSearch } from '../shell/use-kept-search'
import { StatusMark } from '../status-mark'
import type { ShownPage, ShownPolicy } from './shown-page'

const atOnce = 6

/** The workloads that a policy selects now; each leads to its page. */
export function SelectedWorkloads({ row, page }: { row: ShownPolicy; page: ShownPage }) {
  const [whole, setWhole] = useState(false)
  const kept = useKeptSearch()
  const selected = row.selects.flatMap((at) => page.workloads[at] ?? [])
  const shown = whole ? selected : selected.slice(0, atOnce)
  return (
    <div className="border-b border-line py-1.5">
      <div className="flex min-h-5 items-center justify-between gap-4">
        <span className="shrink-0 text-fg-2">Selects</span>
        {selected.length === 0 ? (
          <StatusMark status="warn" label="no workload at present" showLabel />
        ) : (
          <span>{plural(selected.length, 'workload')}</span>
        )}
      </div>
      <ul className="flex flex-wrap gap-x-3">
        {shown.map(({ namespace, name, kind }, at) => (
          <li key={at}>
            <Link
              prefetch={false}
              href={`${servicePath({ cluster: page.cluster, namespace, kind, name })}${kept}`}
              className="inline-flex min-h-6 items-center font-mono text-xs text-fg-2 hover:text-fg hover:underline"
            >
              {namespace}/{name}
            </Link>
          </li>
        ))}
        {selected.length > shown.length && (
          <li>
            <button type="button" className="h-6 text-xs text-accent hover:underline" onClick={() => setWhole(true)}>
              and {selected.length - shown.length} more
            </button>
          </li>
        )}
      </ul>
    </div>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { findingsQuery } from './queries'
import { useKeptSearch } from '../shell/use-kept-search'
import { useViewParams } from '../url-state'
import { FindingRow } from './finding-row'
import { withoutAffected } from './without-affected'

/** What needs attention about one service (endpointKey): its own and what reaches it. Nothing where there is nothing. */
export function ServiceFindings({ sel }: { sel: string }) {
  const { q: _filter, ...params } = useViewParams()
  const { data } = useQuery(findingsQuery(params))
  const kept = useKeptSearch()
  const router = useRouter()
  const own = data?.findings.filter(({ endpoints }) => endpoints.includes(sel)) ?? []
  if (!data || own.length === 0) return null
  return (
    <section aria-label="Needs attention" className="rounded-md border border-line bg-panel px-3 py-1">
      <ul className="-mx-1.5">
        {own.map((finding) => (
          <FindingRow
            key={finding.id}
            finding={withoutAffected(finding, sel)}
            now={data.window.to}
            onSelect={(id) => router.push(`/${kept}${kept ? '&' : '?'}sel=${encodeURIComponent(id)}`)}
          />
        ))}
      </ul>
    </section>
  )
}

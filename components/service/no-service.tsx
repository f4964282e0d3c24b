'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { endpointLabel, type Endpoint } from '@/core/endpoint'
import { searchQuery } from '../shell/queries'
import { servicePath } from '../service-path'
import { useKeptSearch } from '../shell/use-kept-search'
import { useTimeRange, useViewParams } from '../url-state'
import { Button, buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

/** Neither traffic nor the inventory names it: what is called alike, and where to look. */
export function NoService({ self }: { self: Endpoint }) {
  const kept = useKeptSearch()
  const { q: _filter, cluster: _cluster, ...time } = useViewParams()
  const { setLast, whole } = useTimeRange()
  const stem = self.name.split(/[-.]/)[0] ?? self.name
  const { data = [] } = useQuery(searchQuery({ ...time, text: stem.slice(0, 200) }))
  const near = data.slice(0, 8)
  return (
    <EmptyState
      title={`There is no ${self.kind} called ${endpointLabel(self)}`}
      actions={
        <>
          {!whole && <Button onClick={() => void setLast('24h')}>Look in the last 24 hours</Button>}
          <Link href={`/services${kept}`} className={buttonClass()}>
            All services
          </Link>
        </>
      }
    >
      <p>
        It had no traffic in this time range, and the inventory does not know it{self.cluster && ` in ${self.cluster}`}.
      </p>
      {near.length > 0 && (
        <>
          <p className="mt-3">Names that are alike:</p>
          <ul className="mt-1 flex flex-wrap justify-center gap-x-4 gap-y-1">
            {near.map((found) => (
              <li key={found.id}>
                <Link href={`${servicePath(found)}${kept}`} className="text-accent hover:underline">
                  {endpointLabel(found)} <span className="text-fg-3">{found.kind}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </EmptyState>
  )
}

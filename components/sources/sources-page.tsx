'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { sourcesQuery } from './queries'
import { ConsolePage } from '../shell/console-page'
import { ErrorState } from '../shell/error-state'
import { EmptyState } from '../ui/empty-state'
import { Skeleton } from '../ui/skeleton'
import { useNow } from '../use-now'
import { Connect } from './connect'
import { InventoryCard } from './inventory-card'
import { Recordings } from './recordings'
import { SourceCard } from './source-card'

/** Can I trust what I see? */
export function SourcesPage() {
  const { data, error, refetch, dataUpdatedAt } = useQuery(sourcesQuery())
  const now = useNow() ?? dataUpdatedAt
  return (
    <ConsolePage title="Sources" timeless asOf={dataUpdatedAt || null}>
      <div className="min-h-0 flex-1 overflow-auto">
        <div className="mx-auto flex max-w-[1200px] flex-col gap-6 p-4 pb-16">
          {error && !data ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <output aria-label="Loading sources" className="flex flex-col gap-3">
              <Skeleton className="h-52" />
              <Skeleton className="h-52" />
              <Skeleton className="h-24" />
            </output>
          ) : (
            <>
              <Part title="Sources">
                {data.sources.length === 0 && (
                  <EmptyState title="No source is connected">
                    Without one the map shows what the inventory knows, and no traffic. Below is how to connect one.
                  </EmptyState>
                )}
                {data.sources.map((source) => (
                  <SourceCard key={source.id} source={source} now={now} />
                ))}
              </Part>
              <Part title="Inventory">
                <InventoryCard inventory={data.inventory} />
              </Part>
              <Part title="Recordings">
                <Recordings recordings={data.recordings} now={now} />
              </Part>
            </>
          )}
          <Part title="Connect another">
            <Connect />
          </Part>
        </div>
      </div>
    </ConsolePage>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex flex-col gap-3">
    <h2 className="text-lg font-semibold">{title}</h2>
    {children}
  </section>
)

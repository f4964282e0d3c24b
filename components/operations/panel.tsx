import { type ReactNode, useId } from 'react'
import { ErrorState } from '../shell/error-state'
import { SkeletonRows } from '../ui/skeleton'
import { useOperations } from './use-operations'

type Props = {
  title: string
  /** At the right of the heading. */
  note?: ReactNode
  query: ReturnType<typeof useOperations>
  /** Rows of the skeleton. */
  rows: number
  children: ReactNode
}

/** The frame of a panel about operations: heading, loading and failing. What is shown stays while newer data is fetched. */
export function OperationsPanel({ title, note, query, rows, children }: Props) {
  const id = useId()
  const { data, error, refetch, isPlaceholderData } = query
  return (
    <section aria-labelledby={id} className="min-w-0 overflow-hidden rounded-md border border-line bg-panel">
      <div className="flex min-h-10 flex-wrap items-baseline justify-between gap-x-3 px-3.5 pt-3 pb-1.5">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {note && <span className="text-xs text-fg-3">{note}</span>}
      </div>
      {data ? (
        <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : ''}>
          {children}
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={rows} label={`Loading ${title.toLowerCase()}`} />
      )}
    </section>
  )
}

/** Why there is nothing to list, in the place of a list. */
export const Nothing = ({ children }: { children: ReactNode }) => (
  <p className="px-3.5 pt-1 pb-3 text-fg-3">{children}</p>
)

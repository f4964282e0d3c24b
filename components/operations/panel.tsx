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
  /** As a part of another panel: without a frame, its heading one level down. */
  inside?: boolean
  children: ReactNode
}

/** The frame of a panel about operations: heading, loading and failing. What is shown stays while newer data is fetched. */
export function OperationsPanel({ title, note, query, rows, inside = false, children }: Props) {
  const id = useId()
  const { data, error, refetch, isPlaceholderData } = query
  return (
    <section
      aria-labelledby={id}
      data-inside={inside || undefined}
      className={
        inside ? 'border-b border-line pb-1' : 'min-w-0 overflow-hidden rounded-md border border-line bg-panel'
      }
    >
      <div
        className={`flex flex-wrap items-baseline justify-between gap-x-3 ${inside ? 'pt-2.5' : 'min-h-10 px-3.5 pt-3 pb-1.5'}`}
      >
        {inside ? (
          <h3 id={id} className="text-fg-2">
            {title}
          </h3>
        ) : (
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
        )}
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
  <p className="px-3.5 pt-1 pb-3 text-fg-3 [[data-inside]_&]:px-0">{children}</p>
)

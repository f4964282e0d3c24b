/** A grey place of the final size, seen only when waiting takes more than 200 ms. */
export const Skeleton = ({ className = '' }: { className?: string }) => (
  <div aria-hidden="true" className={`skeleton ${className}`} />
)

/** Rows of a table to come. */
export function SkeletonRows({ rows, label }: { rows: number; label: string }) {
  return (
    <output aria-label={label} className="block">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-8 items-center gap-6 border-b border-line px-3">
          <Skeleton className="h-3 w-48" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-24" />
        </div>
      ))}
    </output>
  )
}

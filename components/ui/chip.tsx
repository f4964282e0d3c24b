import type { ReactNode } from 'react'

/** A short fact or a filter; with `onRemove` it can be taken away. */
export function Chip({
  children,
  onRemove,
  removeLabel,
}: {
  children: ReactNode
  onRemove?: () => void
  removeLabel?: string
}) {
  return (
    <span className="inline-flex h-6 max-w-64 items-center gap-1 rounded-sm bg-hover px-1.5 text-xs text-fg">
      <span className="truncate">{children}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel ?? 'Remove'}
          onClick={onRemove}
          className="-mr-1.5 inline-flex size-6 items-center justify-center text-fg-3 hover:text-fg"
        >
          ×
        </button>
      )}
    </span>
  )
}

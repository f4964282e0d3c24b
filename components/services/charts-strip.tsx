import { Button } from '../ui/button'
import { StatusMark } from '../status-mark'

/** Small charts are missing because they could not be loaded, which looks like services without traffic. */
export function ChartsStrip({ onRetry }: { onRetry: () => void }) {
  return (
    <output className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-panel px-3 py-1 text-xs text-fg-2">
      <StatusMark status="warn" label="Small charts are missing" />
      <span className="min-w-0 flex-1">Small charts could not be loaded. A row without one may have traffic.</span>
      <Button size="sm" variant="quiet" onClick={onRetry}>
        Try again
      </Button>
    </output>
  )
}

import { formatCount } from '../format'
import { Button } from '../ui/button'

type Props = { shown: number; count: number; isWhole: boolean; what: string; onToggle: () => void }

/** Shows the rest of a list, where there is more. */
export function MoreButton({ shown, count, isWhole, what, onToggle }: Props) {
  if (count <= shown) return null
  return (
    <Button size="sm" variant="quiet" className="mt-1 -ml-2 print:hidden" aria-expanded={isWhole} onClick={onToggle}>
      {isWhole ? `Only the first ${shown}` : `All ${formatCount(count)} ${what}`}
    </Button>
  )
}

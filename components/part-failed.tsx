import { Button } from './ui/button'
import { floatClass } from './ui/popover'

const words = 'This part could not be loaded; Oriel tries again. Is the network there?'

/** In the place of a part whose code did not come. */
export const PartFailed = ({ onRetry }: { onRetry: () => void }) => (
  <div role="alert" className="flex flex-wrap items-center gap-2 p-3 text-fg-2">
    {words}
    <Button size="sm" onClick={onRetry}>
      Try now
    </Button>
  </div>
)

/** The same for a dialog, over the page. */
export const DialogFailed = ({ onRetry, onClose }: { onRetry: () => void; onClose: () => void }) => (
  <div
    role="alert"
    className={`fixed bottom-4 left-1/2 z-50 flex -translate-x-1/2 flex-wrap items-center gap-2 p-3 ${floatClass}`}
  >
    {words}
    <Button size="sm" onClick={onRetry}>
      Try now
    </Button>
    <Button size="sm" variant="quiet" onClick={onClose}>
      Close
    </Button>
  </div>
)

import { buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

/** Where a link leads that was deleted, has expired or never was: nobody learns which. */
export function GoneLink() {
  return (
    <EmptyState
      level="h1"
      title="This link leads nowhere any more"
      actions={
        // oxlint-disable-next-line nextjs/no-html-link-for-pages -- a whole load: what the page may have of the frozen view goes with it
        <a href="/" className={buttonClass()}>
          Open the map
        </a>
      }
    >
      It was deleted, it has expired, or a part of its address is missing. Ask whoever sent it for a new one.
    </EmptyState>
  )
}

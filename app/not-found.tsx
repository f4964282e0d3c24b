import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function NotFound() {
  return (
    <main>
      <EmptyState
        level="h1"
        title="There is no such page"
        actions={
          <Link href="/" className={buttonClass()}>
            Open the map
          </Link>
        }
      >
        The link may be older than this Oriel, or mistyped.
      </EmptyState>
    </main>
  )
}

'use client'

import Link from 'next/link'
import { useKeptSearch } from '../shell/use-kept-search'
import { Button, buttonClass } from '../ui/button'
import { CopyButton } from '../ui/copy-button'

/** What can be done with a selection. */
export function PanelActions({
  id,
  primary,
  onList,
}: {
  id: string
  primary?: { label: string; run: () => void }
  onList: () => void
}) {
  const kept = useKeptSearch()
  const flows = `/flows${kept}${kept ? '&' : '?'}sel=${encodeURIComponent(id)}`
  return (
    <div className="sticky -bottom-3.5 mt-auto -mb-3.5 flex flex-wrap items-center gap-1.5 border-t border-line bg-panel py-3">
      {primary && (
        <Button variant="primary" onClick={primary.run}>
          {primary.label}
        </Button>
      )}
      <Link href={flows} className={buttonClass(primary ? 'plain' : 'primary')}>
        Flows
      </Link>
      <Button onClick={onList}>List</Button>
      <CopyButton text={typeof location === 'undefined' ? '' : location.href} label="Copy link" />
    </div>
  )
}

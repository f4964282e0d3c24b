'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useKeptSearch } from '../../shell/use-kept-search'
import { placeNow } from '../../share/place-now'
import { Button, buttonClass } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'

/** What can be done with a selection. */
export function PanelActions({
  id,
  primary,
  onList,
  children,
}: {
  id: string
  /** Something to do, or a page to go to with the same time range. */
  primary?: { label: string; run: () => void } | { label: string; href: string }
  onList: () => void
  /** Further actions. */
  children?: ReactNode
}) {
  const kept = useKeptSearch()
  const flows = `/flows${kept}${kept ? '&' : '?'}sel=${encodeURIComponent(id)}`
  return (
    <div className="sticky -bottom-3.5 mt-auto -mb-3.5 flex flex-wrap items-center gap-1.5 border-t border-line bg-panel py-3">
      {primary && 'run' in primary && (
        <Button variant="primary" onClick={primary.run}>
          {primary.label}
        </Button>
      )}
      {primary && 'href' in primary && (
        <Link href={`${primary.href}${kept}`} className={buttonClass('primary')}>
          {primary.label}
        </Link>
      )}
      <Link href={flows} className={buttonClass(primary ? 'plain' : 'primary')}>
        Flows
      </Link>
      {children}
      <Button onClick={onList}>List</Button>
      <CopyButton text={() => location.origin + placeNow(null)} label="Copy link" />
    </div>
  )
}

import type { ReactNode } from 'react'
import type { SourceGap } from '@/core/world'
import { FilterStrip } from './filter-strip'
import { LinkStrip } from './link-strip'
import { OpenStrip } from './open-strip'
import { OfflineStrip } from './offline-strip'
import { PartialStrip } from './partial-strip'
import { PrintHead } from './print-head'
import { SessionStrip } from './session-strip'
import { TopBar } from './top-bar'

type Props = {
  title: string
  /** What the filter field offers; without it the page has no filter. */
  placeholder?: string
  /** Controls of this page, between the filter and the time range. */
  actions?: ReactNode
  /** Newest moment that the page's data covers (milliseconds); null while there is none. */
  asOf?: number | null
  /** Gaps within what is shown. */
  gaps?: readonly SourceGap[]
  /** Without a time range: pages that are about now. */
  timeless?: boolean
  children: ReactNode
}

/** A page of the console: top bar, strips for a link that cannot be followed and for partial data, content. The content scrolls by itself. */
export function ConsolePage({ title, placeholder, actions, asOf = null, gaps, timeless = false, children }: Props) {
  return (
    <>
      <TopBar title={title} placeholder={placeholder} actions={actions} asOf={asOf} timeless={timeless} />
      {!timeless && <LinkStrip />}
      {placeholder && <FilterStrip />}
      <OpenStrip />
      <SessionStrip />
      <OfflineStrip />
      <PartialStrip gaps={gaps} />
      <PrintHead title={title} asOf={asOf} gaps={gaps} timeless={timeless} />
      <main id="page" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        <h1 className="sr-only">{title}</h1>
        {children}
      </main>
    </>
  )
}

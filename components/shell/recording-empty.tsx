'use client'

import Link from 'next/link'
import { useTimeRange } from '../url-state'
import { Button, buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

/** A recording, or the chosen part of one, that holds nothing. */
export function RecordingEmpty() {
  const { whole, showWhole } = useTimeRange()
  if (!whole) {
    return (
      <EmptyState
        title="This part of the recording holds no flows"
        actions={<Button onClick={() => void showWhole()}>Show the whole recording</Button>}
      />
    )
  }
  return (
    <EmptyState
      title="This recording holds no flows"
      actions={
        <Link href="/sources" className={buttonClass()}>
          Open sources
        </Link>
      }
    >
      No line of its file could be used. Sources says how many were skipped, and why.
    </EmptyState>
  )
}

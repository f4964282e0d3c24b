'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { FirstSteps } from '../onboarding/first-steps'
import { sourcesQuery } from '../sources/queries'
import { Button, buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { useFilter, useRecording, useTimeRange } from '../url-state'
import { FilterEcho } from './filter-echo'
import { RecordingEmpty } from './recording-empty'

type Props = {
  /** What a filter leaves none of: `service`. */
  what: string
  title: string
  /** Why there is nothing. */
  children: ReactNode
}

/** Nothing matches, nothing is connected, or there was nothing in this time: three different things. */
export function NothingHere({ what, title, children }: Props) {
  const [q, setQ] = useFilter()
  const [recording] = useRecording()
  const { setLast } = useTimeRange()
  const { data } = useQuery(sourcesQuery())
  if (q) {
    return (
      <EmptyState
        title={`No ${what} matches`}
        actions={<Button onClick={() => void setQ(null)}>Clear the filter</Button>}
      >
        The filter is <FilterEcho q={q} />.
      </EmptyState>
    )
  }
  if (recording !== null) return <RecordingEmpty />
  if (data?.sources.every(({ lastEventAt }) => lastEventAt === null)) return <FirstSteps />
  return (
    <EmptyState
      title={title}
      actions={
        <>
          <Button onClick={() => void setLast('24h')}>Show the last 24 hours</Button>
          <Link href="/sources" className={buttonClass()}>
            Look at the sources
          </Link>
        </>
      }
    >
      {children}
    </EmptyState>
  )
}

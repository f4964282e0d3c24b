'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { FirstSteps } from '../onboarding/first-steps'
import { sourcesQuery } from '../queries'
import { FilterEcho } from '../shell/filter-echo'
import { RecordingEmpty } from '../shell/recording-empty'
import { useFilter, useRecording, useTimeRange } from '../url-state'
import { Button, buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

/** Nothing matches, or nothing is known yet: two different things. */
export function NoServices() {
  const [q, setQ] = useFilter()
  const [recording] = useRecording()
  const { setLast } = useTimeRange()
  const { data } = useQuery(sourcesQuery())
  if (q) {
    return (
      <EmptyState
        title="No service matches"
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
      title="No service in this time range"
      actions={
        <>
          <Button onClick={() => void setLast('24h')}>Show the last 24 hours</Button>
          <Link href="/sources" className={buttonClass()}>
            Look at the sources
          </Link>
        </>
      }
    >
      Neither the inventory nor the traffic of this range names one.
    </EmptyState>
  )
}

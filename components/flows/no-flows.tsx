'use client'

import { useQuery } from '@tanstack/react-query'
import { FirstSteps } from '../onboarding/first-steps'
import { sourcesQuery } from '../queries'
import { FilterEcho } from '../shell/filter-echo'
import { RecordingEmpty } from '../shell/recording-empty'
import { useFilter, useRecording, useTimeRange } from '../url-state'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

type Props = {
  filtered: boolean
  /** The moment that the list begins at; null: with the newest. */
  at?: number | null
  onClear: () => void
  onNewest?: () => void
}

/** No match, no data in this range, or nothing connected: each says what to do. */
export function NoFlows({ filtered, at = null, onClear, onNewest }: Props) {
  const [q] = useFilter()
  const [recording] = useRecording()
  const { setLast } = useTimeRange()
  const { data } = useQuery(sourcesQuery())
  const newest = at !== null && (
    <Button key="newest" onClick={onNewest}>
      Go to the newest
    </Button>
  )
  if (filtered) {
    return (
      <EmptyState
        title="No flow matches the filters"
        actions={
          <>
            <Button onClick={onClear}>Clear the filters</Button>
            {newest}
          </>
        }
      >
        {q ? (
          <>
            The filter is <FilterEcho q={q} />. The whole time range was searched.
          </>
        ) : (
          'Nothing of this time range is under what was selected on the map.'
        )}
      </EmptyState>
    )
  }
  if (recording !== null) return <RecordingEmpty />
  if (newest) return <EmptyState title="No flows before this moment in this time range" actions={newest} />
  if (data?.sources.every(({ lastEventAt }) => lastEventAt === null)) return <FirstSteps />
  return (
    <EmptyState
      title="No flows in this time range yet"
      actions={<Button onClick={() => void setLast('24h')}>Show the last 24 hours</Button>}
    >
      The sources are connected; what they see next appears here by itself. Raw flows are kept for a short time only,
      the map goes back further.
    </EmptyState>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { FirstSteps } from '../onboarding/first-steps'
import { sourcesQuery } from '../sources/queries'
import { FilterEcho } from '../shell/filter-echo'
import { RecordingEmpty } from '../shell/recording-empty'
import { useUntold } from '../shell/untold'
import { useCluster, useFilter, useRecording, useTimeRange } from '../url-state'
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
  const [cluster, setCluster] = useCluster()
  const { setLast, live } = useTimeRange()
  const untold = useUntold()
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
  const own = data?.sources.filter((source) => cluster === null || source.cluster === cluster)
  if (cluster !== null && own?.length === 0)
    return (
      <EmptyState
        title="No source is in this cluster"
        actions={<Button onClick={() => void setCluster(null)}>Show all clusters</Button>}
      >
        Nothing tells of <code className="font-mono break-all">{cluster}</code>: it is unknown here, or its name is
        another one.
      </EmptyState>
    )
  return (
    <EmptyState
      title={`No flows in this time range${live ? ' yet' : ''}`}
      actions={<Button onClick={() => void setLast('24h')}>Show the last 24 hours</Button>}
    >
      {untold !== null && `${untold} `}
      {live &&
        own &&
        (own.every(isConnected)
          ? 'The sources are connected; what they see next appears here by itself. '
          : 'Not every source is connected; Sources says which, and why. ')}
      Raw flows are kept for a short time only, the map goes back further.
    </EmptyState>
  )
}

const isConnected = ({ state }: { readonly state: string }) => state === 'running' || state === 'idle'

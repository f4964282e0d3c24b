'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { sourcesQuery } from '../queries'
import { RecordingEmpty } from '../shell/recording-empty'
import { useFilter, useRecording, useTimeRange } from '../url-state'
import { Button, buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

/** No match, no data in this range, or nothing connected: each says what to do. */
export function NoFlows({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const [q, setQ] = useFilter()
  const [recording] = useRecording()
  const { setLast } = useTimeRange()
  const { data } = useQuery(sourcesQuery())
  if (filtered) {
    const clear = () => {
      void setQ(null)
      onClear()
    }
    return (
      <EmptyState title="No flow matches the filters" actions={<Button onClick={clear}>Clear the filters</Button>}>
        {q ? (
          <>
            The filter is <code className="font-mono">{q}</code>.
          </>
        ) : (
          'No flow of this time range has the chosen verdict and protocol.'
        )}
      </EmptyState>
    )
  }
  if (recording !== null) return <RecordingEmpty />
  if (data?.sources.length === 0) {
    return (
      <EmptyState
        title="No source is connected"
        actions={
          <Link href="/sources" className={buttonClass('primary')}>
            Connect a source
          </Link>
        }
      >
        Flows appear here as soon as a source delivers them.
      </EmptyState>
    )
  }
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

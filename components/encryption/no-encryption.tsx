'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { encryptionUnits } from '@/core/encryption/classes'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { plural } from '../format'
import { FirstSteps } from '../onboarding/first-steps'
import { sourcesQuery } from '../queries'
import { FilterEcho } from '../shell/filter-echo'
import { RecordingEmpty } from '../shell/recording-empty'
import { Button, buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { useFilter, useRecording, useTimeRange } from '../url-state'
import { unitWords } from './class-words'
import type { EncryptionState } from './use-encryption-state'

/** Nothing to tell coverage of: nobody told the unit, nothing matches, nothing went, or nothing is connected. */
export function NoEncryption({ data, state }: { data: EncryptionPage; state: EncryptionState }) {
  const [q, setQ] = useFilter()
  const [recording] = useRecording()
  const { setLast } = useTimeRange()
  const { data: sources } = useQuery(sourcesQuery())
  const told = encryptionUnits.filter((unit) => data.units[unit].edges > 0)
  if (told.length > 0) {
    return (
      <EmptyState
        title={`Nobody told ${unitWords[state.unit]} in this time range`}
        actions={told.map((unit) => (
          <Button key={unit} onClick={() => void state.setState({ unit })}>
            Show {unitWords[unit]}, told on {plural(data.units[unit].edges, 'edge')}
          </Button>
        ))}
      >
        No source that is connected counts them on these edges.
      </EmptyState>
    )
  }
  if (q) {
    return (
      <EmptyState title="No edge matches" actions={<Button onClick={() => void setQ(null)}>Clear the filter</Button>}>
        The filter is <FilterEcho q={q} />.
      </EmptyState>
    )
  }
  if (recording !== null) return <RecordingEmpty />
  if (sources?.sources.every(({ lastEventAt }) => lastEventAt === null)) return <FirstSteps />
  return (
    <EmptyState
      title="No traffic in this time range"
      actions={
        <>
          <Button onClick={() => void setLast('24h')}>Show the last 24 hours</Button>
          <Link href="/sources" className={buttonClass()}>
            Look at the sources
          </Link>
        </>
      }
    >
      Coverage is measured from traffic, so without any there is nothing to say.
    </EmptyState>
  )
}

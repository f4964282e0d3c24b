'use client'

import { useQuery } from '@tanstack/react-query'
import { sourcesQuery } from '../sources/queries'
import { defaultLast } from '../time-range'
import { useRecording, useTimeRange } from '../url-state'
import { Chip } from '../ui/chip'

/** Says that a recording is shown in place of live data, and leaves it. */
export function RecordingChip() {
  const [recording] = useRecording()
  const { setLast } = useTimeRange()
  const { data } = useQuery(sourcesQuery())
  if (recording === null) return null
  const name = data?.recordings.find((row) => row.id === recording)?.name ?? String(recording)
  return (
    <Chip onRemove={() => void setLast(defaultLast)} removeLabel="Leave the recording">
      Recording {name}
    </Chip>
  )
}

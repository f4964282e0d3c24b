'use client'

import { useQuery } from '@tanstack/react-query'
import { sourcesQuery } from '../sources/queries'
import { useCluster, useRecording } from '../url-state'
import { ChoiceMenu } from '../ui/menu'
import { overview } from './overview'

/** Which cluster the page is about. With one cluster it only says its name; a recording says its own (recording-chip.tsx). */
export function ClusterPicker() {
  const [cluster, setCluster] = useCluster()
  const [recording] = useRecording()
  const { data } = useQuery(sourcesQuery())
  if (recording !== null && cluster === null) return null
  const recorded = data?.recordings.find((row) => row.id === recording)?.cluster
  const known = recording !== null ? [recorded ?? ''].filter(Boolean) : data ? overview(data).clusters : []
  const clusters = cluster !== null && !known.includes(cluster) ? [...known, cluster] : known
  if (clusters.length <= 1 && cluster === null) {
    return (
      <span className="inline-flex h-[30px] max-w-48 min-w-24 items-center rounded-md border border-line bg-panel px-2.5 text-fg-2">
        <span className="sr-only">Cluster: </span>
        <span className="truncate">{clusters[0] ?? (data ? 'no cluster' : '…')}</span>
      </span>
    )
  }
  return (
    <ChoiceMenu
      label="Cluster"
      value={cluster ?? ''}
      onChange={(next) => setCluster(next || null)}
      choices={[{ value: '', label: 'All clusters' }, ...clusters.map((name) => ({ value: name, label: name }))]}
    >
      <span className="max-w-40 truncate">{cluster ?? 'All clusters'}</span>
    </ChoiceMenu>
  )
}

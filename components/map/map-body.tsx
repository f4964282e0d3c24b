'use client'

import { later } from '../later'
import { isUnconnected } from '../onboarding/unconnected'
import { ErrorState } from '../shell/error-state'
import { useRecording } from '../url-state'
import { Legend } from './legend'
import { MapEmpty } from './map-empty'
import { MapPicture } from './map-picture'
import { MapSkeleton } from './map-skeleton'
import { MapView } from './map-view'
import type { MapModel } from './use-map'

// Drawn on wish or in an empty install: the first page does without them.
const FirstSteps = later(() => import('../onboarding/first-steps').then((module) => module.FirstSteps))
const MapList = later(() => import('./list/map-list').then((module) => module.MapList))
const MapMatrix = later(() => import('./list/map-matrix').then((module) => module.MapMatrix))

/** The graph as it was chosen to be seen; before there is one, what is waited for or what went wrong. */
export function MapBody({ map, picture }: { map: MapModel; picture: string | null }) {
  const { graph, index, view } = map
  const [recording] = useRecording()
  if (!graph || !index)
    return map.error ? (
      <ErrorState error={map.error} onRetry={map.retry} />
    ) : picture ? (
      <MapPicture svg={picture} />
    ) : (
      <MapSkeleton />
    )
  if (isUnconnected(graph, recording)) return <FirstSteps />
  if (graph.nodes.length === 0) return <MapEmpty graph={graph} map={map} />
  if (view === 'list')
    return <MapList graph={graph} index={index} lens={map.lens} selected={map.selected} onSelect={map.select} />
  if (view === 'matrix') return <MapMatrix graph={graph} index={index} map={map} />
  return (
    <MapView graph={graph} index={index} map={map}>
      {(scene) => (
        <div
          data-map-over="bottom"
          className="pointer-events-none absolute right-14 bottom-3 left-3.5 flex *:pointer-events-auto"
        >
          <Legend graph={graph} lens={map.lens} scene={scene} />
        </div>
      )}
    </MapView>
  )
}

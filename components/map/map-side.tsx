'use client'

import { Panel } from './panel'
import type { MapModel } from './use-map'

/** At the right: the panel of what is selected. */
export function MapSide({ map }: { map: MapModel }) {
  const { index, selected } = map
  if (selected === null || !index) return null
  return (
    <Panel
      index={index}
      id={selected}
      onClose={map.close}
      onSelect={map.select}
      onList={() => void map.setState({ view: 'list' })}
    />
  )
}

'use client'

import { Segmented } from '../ui/segmented'
import { lenses, type Lens } from '../url-state'
import { options } from './options'
import type { MapModel } from './use-map'

const words: Readonly<Record<Lens, string>> = {
  traffic: 'Traffic',
  errors: 'Errors',
  latency: 'Latency',
  verdict: 'Verdict',
}

/** What the map's colours are about. */
export const LensSwitch = ({ map }: { map: MapModel }) => (
  <Segmented
    label="Lens"
    value={map.lens}
    options={options(lenses, words)}
    onChange={(lens) => void map.setState({ lens })}
  />
)

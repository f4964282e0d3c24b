'use client'

import dynamic from 'next/dynamic'
import { AttentionPanel } from '../attention/attention-panel'
import { Panel } from './panel'
import type { MapModel } from './use-map'

const ComparePanel = dynamic(() => import('./compare-panel').then((module) => module.ComparePanel), { ssr: false })

/** At the right: the panel of what is selected, of two that are compared, or what needs attention. */
export function MapSide({ map }: { map: MapModel }) {
  const { index, selected } = map
  if (selected === null) return <AttentionPanel onSelect={map.pick} />
  if (!index) return null
  if (map.with !== null) return <ComparePanel index={index} first={selected} second={map.with} map={map} />
  return <Panel index={index} id={selected} map={map} />
}

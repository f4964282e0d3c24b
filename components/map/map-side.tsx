'use client'

import { later } from '../later'
import { AttentionPanel } from '../attention/attention-panel'
import { useLoadAtRest } from '../use-load-at-rest'
import { SkeletonRows } from '../ui/skeleton'
import type { MapModel } from './use-map'

// The first page opens without a selection.
const Panel = later(() => import('./panel/panel').then((module) => module.Panel), {
  waiting: () => <SkeletonRows rows={8} label="Loading the selection" />,
})
const ComparePanel = later(() => import('./panel/compare-panel').then((module) => module.ComparePanel))

/** At the right: the panel of what is selected, of two that are compared, or what needs attention. */
export function MapSide({ map }: { map: MapModel }) {
  const { index, selected } = map
  useLoadAtRest(Panel.load)
  if (selected === null) return <AttentionPanel onSelect={map.pick} />
  if (!index) return null
  if (map.with !== null) return <ComparePanel index={index} first={selected} second={map.with} map={map} />
  return (
    <aside
      aria-label="Selection"
      className="absolute inset-y-0 right-0 z-10 flex w-full max-w-[348px] shrink-0 flex-col overflow-y-auto *:shrink-0 border-l border-line bg-panel px-4 py-3.5 md:static md:w-[300px] xl:w-[348px]"
    >
      <Panel index={index} id={selected} map={map} />
    </aside>
  )
}

'use client'

import { CompareMenu } from '../compare/compare-menu'
import { ConsolePage } from '../shell/console-page'
import { LensSwitch } from './head/lens-switch'
import { MapBody } from './map-body'
import { MapHead } from './head/map-head'
import { MapSide } from './map-side'
import { MapTimeline } from './head/map-timeline'
import { PrintMap } from './print-map'
import { useMap } from './use-map'

/** What talks to what, and where does it hurt? The graph of the chosen time, drawn or listed, with a panel for one part of it. `picture`: SVG of what it will show. */
export function MapPage({ picture = null }: { picture?: string | null }) {
  const map = useMap()
  return (
    <ConsolePage
      title="Map"
      placeholder="find or filter, e.g. ns:shop error:>5%"
      actions={
        <>
          <LensSwitch map={map} />
          <CompareMenu />
        </>
      }
      asOf={map.graph?.window.to ?? null}
      gaps={map.graph?.gaps}
    >
      <PrintMap graph={map.graph} />
      <div className="relative flex min-h-0 flex-1 print:block">
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="relative flex min-h-0 flex-1 flex-col">
            <MapHead map={map} />
            <MapBody map={map} picture={picture} />
          </div>
          <MapTimeline shown={map.graph?.window} />
        </div>
        <MapSide map={map} />
      </div>
    </ConsolePage>
  )
}

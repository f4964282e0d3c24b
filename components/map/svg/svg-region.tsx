import { memo } from 'react'
import type { SceneRegion } from '../scene/scene-parts'

/** A namespace as a soft region with its name above. */
export const SvgRegion = memo(function SvgRegion({ region, faded }: { region: SceneRegion; faded: boolean }) {
  return (
    <g data-region={region.id} opacity={faded ? 0.45 : 1} className="oriel-fade">
      <path d={region.path} fill="var(--panel)" stroke="var(--line)" strokeLinejoin="round" />
      <text
        x={region.x}
        y={region.y}
        textAnchor="middle"
        className="oriel-label"
        data-strong
        fontWeight={550}
        letterSpacing=".02em"
        fill="var(--fg-3)"
        paintOrder="stroke"
        stroke="var(--canvas)"
        strokeWidth={3}
      >
        {region.label}
      </text>
    </g>
  )
})

import { memo } from 'react'
import { curvePath } from '../scene/curve'
import { dotsOf, flows } from '../canvas/pulses'
import type { SceneEdge } from '../scene/scene-parts'

const maxPulses = 120

/**
 * Dots along the strongest edges whenever new data came: the more requests the more dots, and those that
 * fail are squares in their colour. Between refreshes nothing is painted.
 */
export const SvgPulses = memo(function SvgPulses({ edges, beat }: { edges: readonly SceneEdge[]; beat: number }) {
  if (beat === 0) return null
  const strongest = edges
    .filter(flows)
    .toSorted((a, b) => b.rate - a.rate)
    .flatMap((edge, i) =>
      dotsOf(edge).map((fails, k, all) => ({ edge, fails, delay: ((i * 37) % 500) + (k * 900) / all.length, k })),
    )
    .slice(0, maxPulses)
  return (
    <g key={beat} className="pointer-events-none">
      {strongest.map(({ edge, fails, delay, k }) => {
        const style = { offsetPath: `path("${curvePath(edge)}")`, animationDelay: `${Math.round(delay)}ms` }
        const r = Math.max(1.6, edge.width * 0.62)
        return fails ? (
          <rect
            key={`${edge.id} ${k}`}
            x={-r - 0.6}
            y={-r - 0.6}
            width={2 * r + 1.2}
            height={2 * r + 1.2}
            fill="var(--bad)"
            className="oriel-pulse"
            style={style}
          />
        ) : (
          <circle key={`${edge.id} ${k}`} r={r} fill="var(--fg-2)" className="oriel-pulse" style={style} />
        )
      })}
    </g>
  )
})

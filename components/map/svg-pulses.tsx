import { memo } from 'react'
import { curvePath } from './curve'
import type { SceneEdge } from './scene-parts'

const maxPulses = 48

/** One dot along each of the strongest edges whenever new data came: traffic is seen to move, and between refreshes nothing is painted. */
export const SvgPulses = memo(function SvgPulses({ edges, beat }: { edges: readonly SceneEdge[]; beat: number }) {
  if (beat === 0) return null
  const strongest = edges
    .filter((edge) => edge.rate > 0 && edge.head === 'arrow')
    .toSorted((a, b) => b.rate - a.rate)
    .slice(0, maxPulses)
  return (
    <g key={beat} className="pointer-events-none">
      {strongest.map((edge, i) => (
        <circle
          key={edge.id}
          r={Math.max(1.6, edge.width * 0.62)}
          fill={edge.tone === 'quiet' || edge.tone === 'unknown' ? 'var(--fg-2)' : `var(--${edge.tone})`}
          className="oriel-pulse"
          style={{ offsetPath: `path("${curvePath(edge)}")`, animationDelay: `${(i * 37) % 900}ms` }}
        />
      ))}
    </g>
  )
})

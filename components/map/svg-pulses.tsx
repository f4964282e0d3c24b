import { memo } from 'react'
import { curvePath } from './curve'
import type { SceneEdge } from './scene-parts'

const maxPulses = 120

/**
 * Dots along the strongest edges whenever new data came: the more requests the more dots, and those that
 * fail are squares in their colour. Between refreshes nothing is painted.
 */
export const SvgPulses = memo(function SvgPulses({ edges, beat }: { edges: readonly SceneEdge[]; beat: number }) {
  if (beat === 0) return null
  const strongest = edges
    .filter((edge) => edge.rate > 0 && edge.head === 'arrow')
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

/** One dot a power of ten of requests a second; whether each stands for requests that fail. */
function dotsOf({ rate, errors }: SceneEdge): boolean[] {
  const count = Math.max(1, Math.min(4, 1 + Math.floor(Math.log10(1 + rate))))
  const failing = errors === 0 ? 0 : errors === 1 ? 1 : Math.max(1, Math.ceil(count / 2))
  return Array.from({ length: count }, (_, k) => k < failing)
}

import { memo } from 'react'
import { arrivalAngle, curvePath, captionPoint } from '../scene/curve'
import { EdgeGlyph } from './edge-glyph'
import { flows } from '../canvas/pulses'
import type { SceneEdge } from '../scene/scene-parts'

type Props = {
  edge: SceneEdge
  faded: boolean
  selected: boolean
  /** Part of what is hovered or chosen: drawn louder, with dashes that walk as fast as traffic flows. */
  active: boolean
  /** Figures at the middle; '' for none. */
  caption: string
  /** Whether dashes walk. */
  walks: boolean
}

/** An edge by the status grammar: width by rate, colour and dash by meaning, arrow or bar at the head. */
export const SvgEdge = memo(function SvgEdge({ edge, faded, selected, active, caption, walks }: Props) {
  const path = curvePath(edge)
  const loud = edge.tone !== 'quiet' && edge.tone !== 'unknown'
  const stroke = active && !loud ? 'var(--fg-3)' : edge.faint ? 'var(--hover)' : `var(--${edge.tone})`
  const [mx, my] = captionPoint(edge)
  return (
    <g data-edge={edge.id} opacity={faded ? 0.14 : 1} className="oriel-fade" style={{ cursor: 'pointer' }}>
      <path d={path} fill="none" stroke="transparent" strokeWidth={Math.max(12, edge.width + 8)} />
      {selected && (
        <path d={path} fill="none" stroke="var(--accent)" strokeOpacity={0.28} strokeWidth={10} strokeLinecap="round" />
      )}
      <path
        d={path}
        fill="none"
        stroke={stroke}
        strokeWidth={edge.width}
        strokeDasharray={edge.dash || undefined}
        strokeLinecap={edge.dash.startsWith('9') ? 'butt' : 'round'}
        className="oriel-fade"
      />
      {walks && active && flows(edge) && (
        <path
          d={path}
          fill="none"
          stroke="var(--fg)"
          strokeOpacity={0.7}
          strokeWidth={Math.min(2, edge.width)}
          strokeLinecap="round"
          className="oriel-walk"
          style={{ animationDuration: `${walkSeconds(edge.rate)}s` }}
        />
      )}
      <g transform={`translate(${edge.x1} ${edge.y1}) rotate(${arrivalAngle(edge)})`}>
        {edge.head === 'bar' ? (
          <path d="M0 -5V5" stroke={stroke} strokeWidth={2.4} />
        ) : (
          <path
            d={`M1.5 0L-6.5 ${-3.4 - edge.width * 0.25}V${3.4 + edge.width * 0.25}Z`}
            fill={stroke}
            className="oriel-fade"
          />
        )}
      </g>
      {edge.glyph !== 'none' && (
        <g transform={`translate(${mx} ${my})`}>
          <EdgeGlyph glyph={edge.glyph} tone={edge.tone} />
        </g>
      )}
      {caption !== '' && (
        <text
          x={mx}
          y={my - 5}
          textAnchor="middle"
          fill="var(--fg)"
          paintOrder="stroke"
          stroke="var(--canvas)"
          strokeWidth={3.5}
          data-active={active || undefined}
          className="oriel-caption pointer-events-none tabular-nums"
        >
          {caption}
        </text>
      )}
    </g>
  )
})

/** Seconds for one dash to reach the place of the next: from 2.4 s at a request now and then to 0.3 s at thousands a second. */
const walkSeconds = (rate: number) => Math.max(0.3, 2.4 - 0.55 * Math.log10(1 + rate * 2))

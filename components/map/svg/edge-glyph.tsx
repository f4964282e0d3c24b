import type { EdgeStyle, Tone } from '../scene/edge-style'

/** An open lock, or one that is half there, drawn round the origin about 10 px high. */
export function EdgeGlyph({ glyph, tone }: { glyph: Exclude<EdgeStyle['glyph'], 'none'>; tone: Tone }) {
  const paint = `var(--${tone})`
  return (
    <g data-glyph={glyph}>
      <circle r={7} fill="var(--canvas)" />
      <path d="M-2.2 0V-2.6A2.2 2.2 0 0 1 2 -3.4" fill="none" stroke={paint} strokeWidth={1.3} />
      <rect
        x={-3.6}
        y={-0.6}
        width={7.2}
        height={5}
        rx={1}
        fill={glyph === 'open' ? paint : 'var(--canvas)'}
        stroke={paint}
        strokeWidth={1.2}
      />
      {glyph === 'half' && <rect x={-3.6} y={1.9} width={7.2} height={2.5} fill={paint} />}
    </g>
  )
}

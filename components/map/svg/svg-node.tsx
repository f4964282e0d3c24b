import { memo } from 'react'
import { SvgMark } from './svg-mark'
import type { SceneNode } from '../scene/scene-parts'

type Props = {
  node: SceneNode
  faded: boolean
  /** Chosen in the URL, or holding the keyboard's focus. */
  selected: boolean
  focused: boolean
  matched: boolean
  /** Held where the viewer put it. */
  pinned: boolean
  dragging: boolean
}

/** A node: disc, box for a data store, hexagon for a gateway or waypoint, diamond for the outside, plate for a folded region; its name below. */
export const SvgNode = memo(function SvgNode({ node, faded, selected, focused, matched, pinned, dragging }: Props) {
  const { r, status, strong } = node
  const unwell = status === 'bad' || status === 'warn'
  const ring = unwell
    ? `var(--${status})`
    : selected
      ? 'var(--accent)'
      : status === 'unknown'
        ? 'var(--unknown)'
        : 'var(--line-strong)'
  return (
    <g
      data-node={node.id}
      className={`oriel-fade ${dragging ? '' : 'oriel-glide'}`}
      style={{ transform: `translate(${node.x}px, ${node.y}px)`, cursor: 'pointer' }}
      opacity={faded ? 0.22 : 1}
    >
      <circle r={Math.max(r + 6, 15)} fill="transparent" />
      {(selected || focused || matched) && (
        <circle
          r={r + 6}
          fill="var(--accent)"
          fillOpacity={selected || matched ? 0.16 : 0}
          stroke={focused || selected ? 'var(--accent)' : 'none'}
          strokeWidth={focused ? 2 : 1.2}
        />
      )}
      <Body node={node} ring={ring} strokeWidth={unwell ? 2.4 : 1.3} />
      {unwell && (
        <g transform={`translate(${r * 0.8} ${-r * 0.8})`}>
          <SvgMark status={status} />
        </g>
      )}
      {pinned && (
        <g data-pin transform={`translate(${-r * 0.8} ${-r * 0.8})`} fill="var(--fg-2)" stroke="var(--canvas)">
          <path d="M0 5V1.5M-3.2 1.5H3.2L1.8 -1.2V-3.6H-1.8V-1.2Z" stroke="var(--fg-2)" strokeWidth={1.1} />
        </g>
      )}
      <text
        className="oriel-label"
        data-strong={strong || selected || matched || undefined}
        y={r + 13}
        textAnchor="middle"
        fill={strong || selected || matched ? 'var(--fg)' : node.idle ? 'var(--fg-3)' : 'var(--fg-2)'}
        fontWeight={unwell || selected || matched ? 600 : 450}
        paintOrder="stroke"
        stroke="var(--canvas)"
        strokeWidth={3}
        strokeOpacity={0.85}
      >
        {node.label}
      </text>
    </g>
  )
})

function Body({ node, ring, strokeWidth }: { node: SceneNode; ring: string; strokeWidth: number }) {
  const { r, shape } = node
  const paint = {
    fill: node.idle ? 'none' : 'var(--raised)',
    stroke: ring,
    strokeWidth,
    strokeDasharray: node.idle ? '2 2.5' : undefined,
    className: 'oriel-fade',
  }
  if (shape === 'diamond') return <path d={`M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`} {...paint} />
  if (shape === 'service') {
    const [w, x, y] = [r * 1.15, r * 0.45, r * 0.85]
    return <path d={`M${-x} ${-y}H${x}L${w} 0L${x} ${y}H${-x}L${-w} 0Z`} {...paint} />
  }
  if (shape === 'hexagon') {
    const [w, x, y] = [r * 1.1, r * 0.55, r * 0.953]
    return <path d={`M${w} 0L${x} ${y}L${-x} ${y}L${-w} 0L${-x} ${-y}L${x} ${-y}Z`} {...paint} />
  }
  if (shape === 'box') {
    const w = r * 1.06
    const h = r * 0.9
    return (
      <>
        <rect x={-w} y={-h} width={2 * w} height={2 * h} rx={3} {...paint} />
        <path d={`M${-w} ${-h * 0.36}H${w}`} stroke={ring} strokeOpacity={0.5} />
      </>
    )
  }
  if (shape === 'region') {
    return (
      <>
        <rect x={-r * 1.15} y={-r} width={2.3 * r} height={2 * r} rx={r * 0.55} {...paint} fill="var(--panel)" />
        <text textAnchor="middle" y={4} fontSize={11} fill="var(--fg-2)" className="pointer-events-none">
          {node.members}
        </text>
      </>
    )
  }
  return <circle r={r} {...paint} />
}

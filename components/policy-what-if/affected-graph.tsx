'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import type { EffectName, WhatIf } from '@/core/policy/what-if/answer'
import { middleTruncate, plural } from '../format'
import { affectedFilter } from './affected-filter'
import { affectedLayout, nodeSize, type PlacedEdge } from './affected-layout'
import { edgeText, effectWords } from './effect-words'
import type { GroundPeriod } from './panel-props'

const dashes: Readonly<Partial<Record<EffectName, string>>> = { 'newly-allowed': '9 4', undecidable: '1.5 4' }

type Props = { effects: WhatIf['effects']; cluster: string; period: GroundPeriod }

/** The affected edges lit up among those that stay as they were. The rows beside it hold the same as text. */
export function AffectedGraph({ effects, cluster, period }: Props) {
  const { width, height, nodes, edges, left } = useMemo(() => affectedLayout(effects), [effects])
  const affected = edges.filter(({ effect }) => effect !== 'unaffected')
  if (affected.length === 0) return null
  const search = new URLSearchParams({
    cluster,
    last: period,
    lens: 'policy',
    match: 'mark',
    q: affectedFilter(effects),
  })
  const label = `${plural(affected.length, 'affected edge')}: ${affected.map(({ effect, edge }) => `${effectWords[effect].title.toLowerCase()} ${edgeText(edge)}`).join('; ')}`
  return (
    <figure className="max-w-full self-start overflow-auto py-2">
      <svg
        role="img"
        aria-label={label}
        width={width + 2}
        height={height + 2}
        viewBox={`-1 -1 ${width + 2} ${height + 2}`}
        className="block"
      >
        {edges.map((one) => (
          <Edge key={`${one.effect} ${one.id}`} placed={one} />
        ))}
        {nodes.map(({ name, x, y }) => (
          <g key={name} transform={`translate(${x} ${y})`}>
            <title>{name}</title>
            <rect width={nodeSize.width} height={nodeSize.height} rx={4} fill="var(--panel)" stroke="var(--line)" />
            <text
              x={nodeSize.width / 2}
              y={nodeSize.height / 2}
              dominantBaseline="central"
              textAnchor="middle"
              className="font-mono"
              fontSize={11}
              fill="var(--fg)"
            >
              {middleTruncate(name, 20)}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="flex gap-3 pt-1 text-xs text-fg-3">
        <Link href={`/?${search}`} className="py-1 text-accent hover:underline">
          Light up on the map
        </Link>
        {left > 0 && <span className="py-1">{plural(left, 'more affected edge')}</span>}
      </figcaption>
    </figure>
  )
}

function Edge({ placed: { from, to, effect, edge } }: { placed: PlacedEdge }) {
  const quiet = effect === 'unaffected'
  const stroke = quiet ? 'var(--line-strong)' : `var(--${effectWords[effect].status})`
  const { path, end, angle } = pathOf({ from, to })
  return (
    <g opacity={quiet ? 0.45 : 1}>
      <title>{`${effectWords[effect].title}: ${edgeText(edge)}`}</title>
      <path d={path} fill="none" stroke={stroke} strokeWidth={quiet ? 1 : 2} strokeDasharray={dashes[effect]} />
      <path
        transform={`translate(${end[0]} ${end[1]}) rotate(${angle})`}
        d={effect === 'newly-denied' ? 'M-4 -5V5' : 'M-6 -3.5L0 0L-6 3.5'}
        fill="none"
        stroke={stroke}
        strokeWidth={quiet ? 1 : 2}
      />
    </g>
  )
}

/** From the right side of one to the left side of the other; between two of one column around their right side. */
function pathOf({ from, to }: Pick<PlacedEdge, 'from' | 'to'>) {
  const { width, height } = nodeSize
  const [x1, y1] = [from.x + width, from.y + height / 2]
  const y2 = to.y + height / 2
  if (to.x > from.x) {
    const x2 = to.x
    const bend = (x2 - x1) / 2
    return { path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, end: [x2, y2] as const, angle: 0 }
  }
  const x2 = to.x + width
  const out = 34 + Math.abs(y2 - y1) / 8
  return { path: `M${x1} ${y1}C${x1 + out} ${y1} ${x2 + out} ${y2} ${x2} ${y2}`, end: [x2, y2] as const, angle: 180 }
}

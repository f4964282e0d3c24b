'use client'

import { sourceName } from '@/core/sources/source-name'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import type { PolicyGround } from '@/core/policy/ground'
import type { EdgeEffect, EffectGroup } from '@/core/policy/what-if/answer'
import { formatCount, formatDateTime } from '../format'
import { CardTable, cell, rowClass } from '../encryption/parts'
import { edgeText, seenText, verdictWords } from './effect-words'
import type { GroundPeriod } from './panel-props'
import { useEdgeReasons } from './use-what-if'

type Props = {
  ground: PolicyGround | undefined
  group: EffectGroup
  /** When the answer came. */
  at: number | null
  period: GroundPeriod
  now: number
  label: string
}

/** Edges of one effect, the strongest first, with what decides each and where to look further. */
export function EdgeList({ ground, group, at, period, now, label }: Props) {
  const { shown, edges } = group
  const reasons = useEdgeReasons(
    ground,
    shown.flatMap(({ id, why }) => (why === null ? [id] : [])),
    at,
  )
  return (
    <>
      <CardTable
        label={label}
        className="min-w-[680px]"
        heads={[
          { title: 'Edge', className: 'w-[27%]' },
          { title: 'Before → with this draft', className: 'w-[15%]' },
          { title: 'Seen', className: 'w-[18%]' },
          { title: 'Decided by' },
          { title: <span className="sr-only">Look at it</span>, className: 'w-24' },
        ]}
      >
        {shown.map((edge) => (
          <EdgeRow
            key={edge.id}
            edge={edge}
            why={edge.why ?? reasons.answer?.[edge.id] ?? ''}
            cluster={ground?.cluster ?? ''}
            period={period}
            now={now}
          />
        ))}
      </CardTable>
      {edges > shown.length && (
        <p className="pt-1.5 text-xs text-fg-3">
          The {formatCount(shown.length)} strongest of {formatCount(edges)} edges are shown.
        </p>
      )}
    </>
  )
}

type RowProps = { edge: EdgeEffect; why: string; cluster: string; period: GroundPeriod; now: number }

function EdgeRow({ edge, why, cluster, period, now }: RowProps) {
  const { id, before, after, witness, first, last, days } = edge
  return (
    <tr className={rowClass}>
      <td className={`${cell} py-1 font-mono text-xs wrap-anywhere`}>{edgeText(edge)}</td>
      <td className={`${cell} text-xs`}>
        {verdictWords[before]} → {verdictWords[after]}
      </td>
      <td
        className={`${cell} text-xs tabular-nums`}
        title={`first ${formatDateTime(first, 'min')}, last ${formatDateTime(last, 'min')}, on ${days} ${days === 1 ? 'day' : 'days'}; told by ${sourceName(witness)}`}
      >
        {seenText(edge, now)}
      </td>
      <td className={`${cell} py-1 text-xs text-fg-2`} title={why}>
        <span className="line-clamp-2">{why}</span>
      </td>
      <td className={`${cell} text-right text-xs whitespace-nowrap`}>
        <EdgeLinks id={id} cluster={cluster} period={period} name={edgeText(edge)} />
      </td>
    </tr>
  )
}

type LinkProps = { id: string; cluster: string; period: GroundPeriod; name: string }

/** The edge on the map and its records, over the period that was looked at. */
export function EdgeLinks({ id, cluster, period, name }: LinkProps) {
  const recording = useSearchParams().get('recording')
  const search = new URLSearchParams({ cluster, last: period, ...(recording ? { recording } : {}), sel: id })
  return (
    <span className="inline-flex gap-3">
      <Link href={`/?${search}`} aria-label={`${name} on the map`} className="py-1 text-accent hover:underline">
        Map
      </Link>
      <Link href={`/flows?${search}`} aria-label={`Flows of ${name}`} className="py-1 text-accent hover:underline">
        Flows
      </Link>
    </span>
  )
}

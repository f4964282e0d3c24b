'use client'

import type { Figures } from '@/core/figures/figures'
import { verdictTotal } from '@/core/figures/tally'
import { formatBytesRate, formatCount, formatMs, formatPercent, formatRate } from '../../format'
import { healthStatus, StatusMark } from '../../status-mark'
import { Button } from '../../ui/button'
import { edgeClass } from '../lens'
import { PanelHead } from './panel-parts'
import type { MapModel } from '../use-map'
import type { GraphIndex } from '../camera/walk'

type Props = { index: GraphIndex; first: string; second: string; map: MapModel }

/** Two nodes or edges side by side; of each figure the worse one is set off where one is at least half as bad again. */
export function ComparePanel({ index, first, second, map }: Props) {
  const [a, b] = [sideOf(index, first), sideOf(index, second)]
  return (
    <aside
      aria-label="Comparison"
      className="absolute inset-y-0 right-0 z-10 flex w-full max-w-[348px] shrink-0 flex-col overflow-y-auto border-l border-line bg-panel px-4 py-3.5 md:static md:w-[300px] xl:w-[348px]"
    >
      <PanelHead title="Compare" identity={`${a.name} · ${b.name}`} onClose={map.close} />
      <table className="w-full text-right tabular-nums">
        <thead>
          <tr className="border-b border-line align-top">
            <th scope="col" className="py-1.5 text-left font-normal text-fg-3">
              Figure
            </th>
            {[a, b].map((side, i) => (
              <th key={side.id} scope="col" className="w-[38%] py-1.5 pl-3 font-semibold wrap-anywhere">
                <button type="button" className="hover:underline" onClick={() => map.select(i === 0 ? first : second)}>
                  {side.name}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="border-b border-line">
            <Name>Health</Name>
            {[a, b].map((side) => (
              <td key={side.id} className="py-1.5 pl-3">
                {side.health === null ? (
                  '–'
                ) : (
                  <StatusMark status={healthStatus[side.health]} label={side.health} showLabel />
                )}
              </td>
            ))}
          </tr>
          {rows.map(({ name, of, text, worse }) => {
            const values = [a, b].map((side) => (side.figures ? of(side.figures) : null)) as [
              number | null,
              number | null,
            ]
            return (
              <tr key={name} className="border-b border-line">
                <Name>{name}</Name>
                {values.map((value, i) => (
                  <td
                    key={i === 0 ? first : second}
                    className={`py-1.5 pl-3 ${worse && isWorse(value, values[1 - i] ?? null) ? 'font-semibold' : ''}`}
                  >
                    {text(value)}
                  </td>
                ))}
              </tr>
            )
          })}
          <tr className="border-b border-line">
            <Name>Encryption</Name>
            {[a, b].map((side) => (
              <td key={side.id} className="py-1.5 pl-3">
                {side.encryption}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <div className="mt-3 flex gap-1.5">
        <Button size="sm" onClick={() => void map.setState({ with: null })}>
          Stop comparing
        </Button>
      </div>
    </aside>
  )
}

const Name = ({ children }: { children: string }) => (
  <th scope="row" className="py-1.5 text-left font-normal text-fg-2">
    {children}
  </th>
)

type Row = {
  readonly name: string
  readonly of: (figures: Figures) => number | null
  readonly text: (value: number | null) => string
  /** Whether more is worse. */
  readonly worse?: true
}

const rows: readonly Row[] = [
  { name: 'Requests', of: (f) => f.requestRate ?? f.flowRate, text: formatRate },
  { name: 'Errors', of: (f) => f.errorRatio, text: formatPercent, worse: true },
  { name: 'p50', of: (f) => f.p50, text: formatMs, worse: true },
  { name: 'p95', of: (f) => f.p95, text: formatMs, worse: true },
  { name: 'p99', of: (f) => f.p99, text: formatMs, worse: true },
  { name: 'There', of: (f) => f.sentRate, text: formatBytesRate },
  { name: 'Back', of: (f) => f.receivedRate, text: formatBytesRate },
  {
    name: 'Denied',
    of: (f) => (verdictTotal(f.verdicts) > 0 ? (f.verdicts.denied ?? 0) : null),
    text: formatCount,
    worse: true,
  },
]

const isWorse = (value: number | null, other: number | null): boolean =>
  value !== null && other !== null && value > 0 && value >= 1.5 * other

function sideOf(index: GraphIndex, id: string) {
  const node = index.nodes.get(id)
  const edge = index.edges.get(id)
  const name = (end: string) => index.nodes.get(end)?.name ?? 'unknown'
  return {
    id,
    name: node ? node.name : edge ? `${name(edge.from)} → ${name(edge.to)}` : 'gone',
    health: node?.health ?? edge?.health ?? null,
    figures: node ? node.incoming : (edge?.figures ?? null),
    encryption: edge ? edgeClass(edge, 'encryption').words : '–',
  }
}

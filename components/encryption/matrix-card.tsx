'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { totalOf } from '@/core/encryption/coverage'
import type { GroupRow, MatrixCell } from '@/core/encryption/encryption-answer'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { plural } from '../format'
import { Card } from '../service/card'
import { WideFrame } from '../ui/wide-frame'
import { amountText, barText, exposedOf } from './class-words'
import { coverageText } from './coverage-text'
import { MoreButton } from './more-button'
import type { EncryptionState } from './use-encryption-state'

const most = 14

/** Callers down, callees across: how much of what went between two namespaces was encrypted. Arrows move, Enter opens. */
export function MatrixCard({ data, state }: { data: EncryptionPage; state: EncryptionState }) {
  const isWhole = state.whole.includes('matrix')
  const groups = isWhole ? data.groups : data.groups.slice(0, most)
  const cells = new Map(data.matrix.map((each) => [`${each.from}|${each.to}`, each]))
  const several = data.clusters.length > 1
  const scroller = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<readonly [number, number] | null>(null)
  const [row, column] = at ?? firstCell(groups, cells)
  const walk = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    for (let [r, c] = [row + step[0], column + step[1]]; ; r += step[0], c += step[1]) {
      const [from, to] = [groups[r], groups[c]]
      if (!from || !to) return
      if (!cells.has(`${from.id}|${to.id}`)) continue
      setAt([r, c])
      box.current?.querySelector<HTMLElement>(`[data-cell="${r} ${c}"]`)?.focus()
      return
    }
  }
  if (groups.length === 0) return null
  return (
    <Card
      title="Between namespaces"
      figure={<span className="text-xs">callers down, callees across; encrypted, at least – at most</span>}
    >
      <WideFrame scroller={scroller} what="namespaces">
        <div ref={scroller} className="overflow-x-auto">
          {/* Keys move through the cells, each of which is a button. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys move through the cells, each of which is a button */}
          <table
            ref={box}
            aria-label="Coverage between namespaces"
            onKeyDown={walk}
            className="border-separate border-spacing-px"
          >
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr-only">Callers</span>
                </th>
                {groups.map((group) => (
                  <th
                    key={group.id}
                    scope="col"
                    className="max-w-20 px-1 pb-1 text-left text-2xs font-medium text-fg-3"
                  >
                    <span className="block truncate" title={group.id}>
                      {nameOf(group, several)}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {groups.map((from, r) => (
                <tr key={from.id}>
                  <th
                    scope="row"
                    className="sticky left-0 z-[1] max-w-40 truncate bg-panel pr-2 text-left text-xs font-normal text-fg-2"
                    title={from.id}
                  >
                    {nameOf(from, several)}
                  </th>
                  {groups.map((to, c) => (
                    <Cell
                      key={to.id}
                      at={`${r} ${c}`}
                      cell={cells.get(`${from.id}|${to.id}`)}
                      words={`${nameOf(from, several)} to ${nameOf(to, several)}`}
                      unit={data.unit}
                      current={r === row && c === column}
                      onFocus={() => setAt([r, c])}
                      onOpen={() => state.openFigure({ type: 'pair', from: from.id, to: to.id })}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </WideFrame>
      <MoreButton
        shown={most}
        count={data.groups.length}
        isWhole={isWhole}
        what="rows and columns"
        onToggle={() => state.showWhole('matrix')}
      />
    </Card>
  )
}

const nameOf = ({ name, cluster }: GroupRow, several: boolean) => (several && cluster ? `${cluster}/${name}` : name)

function firstCell(groups: readonly GroupRow[], cells: ReadonlyMap<string, MatrixCell>): readonly [number, number] {
  for (const [r, from] of groups.entries())
    for (const [c, to] of groups.entries()) if (cells.has(`${from.id}|${to.id}`)) return [r, c]
  return [0, 0]
}

type CellProps = {
  at: string
  cell: MatrixCell | undefined
  words: string
  unit: EncryptionPage['unit']
  current: boolean
  onFocus: () => void
  onOpen: () => void
}

function Cell({ at, cell, words, unit, current, onFocus, onOpen }: CellProps) {
  if (!cell)
    return (
      <td className="h-8 min-w-17 bg-hover/35">
        <span className="sr-only">no traffic</span>
      </td>
    )
  const { amounts, coverage, edges } = cell
  const all = exposedOf(amounts)
  const said = `${words}: ${coverage ? `${coverageText(coverage)} encrypted, ${barText(amounts)}` : 'stays on its node'}; ${amountText(totalOf(amounts), unit)} on ${plural(edges, 'edge')}`
  return (
    <td className="p-0">
      <button
        type="button"
        data-cell={at}
        tabIndex={current ? 0 : -1}
        aria-label={said}
        title={said}
        onFocus={onFocus}
        onClick={onOpen}
        className="relative flex h-8 w-full min-w-17 items-center justify-center overflow-hidden border border-line px-1 text-2xs whitespace-nowrap hover:border-line-strong"
      >
        <span aria-hidden="true" className="absolute inset-x-0 bottom-0 flex h-[5px]">
          <Part
            share={all > 0 ? 1 - (amounts.plaintext + amounts.unknown) / all : 0}
            fill="color-mix(in oklch, var(--ok) 60%, var(--panel))"
          />
          <Part share={all > 0 ? amounts.plaintext / all : 0} fill="var(--warn)" />
          <Part
            share={all > 0 ? amounts.unknown / all : 0}
            fill="repeating-linear-gradient(135deg, var(--unknown) 0 2px, transparent 2px 5px)"
          />
        </span>
        <span aria-hidden="true" className="-mt-1">
          {coverage ? coverageText(coverage) : 'same node'}
        </span>
      </button>
    </td>
  )
}

const Part = ({ share, fill }: { share: number; fill: string }) =>
  share > 0 ? <span className="h-full" style={{ width: `${share * 100}%`, background: fill }} /> : null

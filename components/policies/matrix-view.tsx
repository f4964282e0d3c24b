'use client'

import { useMemo, useRef, useState } from 'react'
import type { WorkloadCover } from '@/core/policy/pages/policies-page'
import { shownKind } from '@/core/policy/policy-name'
import { formatCount, plural } from '../format'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { WideFrame } from '../ui/wide-frame'
import { directionWords } from './row-words'
import { sortPolicies } from './sort-policies'
import type { PoliciesState } from './use-policies-state'
import type { ShownPage, ShownPolicy } from './shown-page'

type Props = { page: ShownPage; rows: readonly ShownPolicy[]; state: PoliciesState }

const mostRows = 150
const mostColumns = 60

/** Which policy selects which workload, and in which direction it speaks of it. */
export function MatrixView({ page, rows, state }: Props) {
  const [whole, setWhole] = useState(false)
  const scroller = useRef<HTMLElement>(null)
  const selecting = useMemo(
    () =>
      sortPolicies(rows, { id: 'place', direction: 'ascending' }, page.tiers).filter(
        ({ selects }) => selects.length > 0,
      ),
    [rows, page.tiers],
  )
  const columns = useMemo(() => columnsOf(selecting, page.workloads), [selecting, page.workloads])
  if (selecting.length === 0)
    return <EmptyState title="None of these policies selects a workload">They decide nothing at present.</EmptyState>
  const shownRows = whole ? selecting : selecting.slice(0, mostRows)
  const shownColumns = whole ? columns : columns.slice(0, mostColumns)
  const isCut = shownRows.length < selecting.length || shownColumns.length < columns.length
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <p className="flex min-h-9 shrink-0 flex-wrap items-center gap-3 px-3 py-1 text-xs text-fg-3">
        Policies down, the workloads that they select across; in and out are the directions that a policy speaks of.
        {isCut && (
          <>
            Showing {formatCount(shownRows.length)} of {plural(selecting.length, 'policy', 'policies')} and{' '}
            {formatCount(shownColumns.length)} of {plural(columns.length, 'workload')}; choose a namespace, or
            <Button size="sm" onClick={() => setWhole(true)}>
              Show all
            </Button>
          </>
        )}
      </p>
      <WideFrame scroller={scroller} what="workloads">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by itself, so it must be reached by keyboard */}
        <section ref={scroller} className="min-h-0 flex-1 overflow-auto px-3 pb-3" tabIndex={0} aria-label="Matrix">
          <table aria-label="Policies by workloads" className="border-separate border-spacing-0">
            <thead className="sticky top-0 z-[2] bg-canvas">
              <tr>
                <th scope="col" className="sticky left-0 z-[3] border-b border-line bg-canvas">
                  <span className="sr-only">Policy</span>
                </th>
                {shownColumns.map(({ at, workload }) => (
                  <th
                    key={at}
                    scope="col"
                    className="h-36 w-9 border-b border-line p-0 align-bottom text-2xs font-medium text-fg-2"
                  >
                    <span
                      className="mx-auto block max-h-32 truncate pb-1.5 text-left [writing-mode:vertical-rl] rotate-180"
                      title={`${workload.namespace}/${workload.name}`}
                    >
                      {workload.name} <span className="text-fg-3">{workload.namespace}</span>
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shownRows.map((row) => (
                <MatrixRow
                  key={row.key}
                  row={row}
                  columns={shownColumns}
                  isOpen={state.sel === row.key}
                  onOpen={() => state.open(row.key)}
                />
              ))}
            </tbody>
          </table>
        </section>
      </WideFrame>
    </div>
  )
}

type MatrixColumn = { readonly at: number; readonly workload: WorkloadCover }

/** Workloads that one of the policies selects, by namespace and name. */
function columnsOf(rows: readonly ShownPolicy[], workloads: readonly WorkloadCover[]): readonly MatrixColumn[] {
  const selected = new Set(rows.flatMap(({ selects }) => selects))
  return workloads
    .flatMap((workload, at) => (selected.has(at) ? [{ at, workload }] : []))
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

const nameOf = ({ workload }: MatrixColumn) => `${workload.namespace}/${workload.name}`

type RowProps = { row: ShownPolicy; columns: readonly MatrixColumn[]; isOpen: boolean; onOpen: () => void }

function MatrixRow({ row, columns, isOpen, onOpen }: RowProps) {
  const selects = new Set(row.selects)
  const words = directionWords(row)
  return (
    <tr className="group">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its button names it */}
      <th
        scope="row"
        className={`sticky left-0 z-[1] w-44 xl:w-56 border-b border-line p-0 font-normal group-hover:bg-hover ${isOpen ? 'bg-hover' : 'bg-canvas'}`}
      >
        <button
          type="button"
          onClick={onOpen}
          title={row.name}
          className="flex h-7 w-44 xl:w-56 items-baseline gap-2 pr-2 text-left leading-7 -outline-offset-2"
        >
          <span className="min-w-0 truncate">{row.ref.name}</span>
          <span className="min-w-0 flex-1 truncate text-2xs text-fg-3">{row.ref.namespace ?? shownKind(row.ref)}</span>
        </button>
      </th>
      {columns.map(({ at }) => (
        <td
          key={at}
          className="h-7 border-b border-l border-line p-0 text-center text-2xs text-fg group-hover:bg-hover"
        >
          {selects.has(at) ? <span className="px-0.5 whitespace-nowrap">{words.replace(', ', '·')}</span> : null}
        </td>
      ))}
    </tr>
  )
}

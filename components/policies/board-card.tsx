'use client'

import { shownKind } from '@/core/policy/policy-name'
import { placeRules } from '@/core/policy/policy-place'
import { formatShort, plural } from '../format'
import { StatusMark } from '../status-mark'
import { type Action, ActionMenu } from '../ui/action-menu'
import type { Card } from './board'
import { decides, directionWords } from './row-words'
import { UseMark } from './use-mark'
import type { ShownPage, ShownPolicy } from './shown-page'

type Props = {
  card: Card
  page: ShownPage
  isOpen: boolean
  onOpen: () => void
  /** Told what is dragged; null: it stays where it is. */
  onDrag: ((row: ShownPolicy | null) => void) | null
  moves: readonly Action[]
}

/** One policy on the board. A press opens it. */
export function BoardCard({ card: { row, order }, isOpen, onOpen, onDrag, moves }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is dragged; its menu does the same by keyboard
    <article
      draggable={onDrag !== null}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', row.name)
        onDrag?.(row)
      }}
      onDragEnd={() => onDrag?.(null)}
      className={`relative rounded-md border bg-canvas px-2.5 py-2 [contain-intrinsic-size:auto_66px] [content-visibility:auto] hover:bg-hover ${isOpen ? 'border-accent' : 'border-line'} ${onDrag ? 'cursor-grab' : ''}`}
    >
      <div className="flex items-center gap-2">
        <UseMark row={row} />
        <button
          type="button"
          aria-pressed={isOpen}
          onClick={onOpen}
          className="min-w-0 flex-1 truncate text-left font-[550] after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
          title={row.name}
        >
          {row.ref.name}
        </button>
        {row.mode === 'staged' && <span className="text-2xs text-fg-3">staged</span>}
        {placeRules(row.ref) && (
          <span className="text-xs text-fg-3 tabular-nums" title="Order in its tier">
            {order ?? 'last'}
          </span>
        )}
        {moves.length > 0 && (
          <span className="relative z-[1] -my-1 -mr-1.5">
            <ActionMenu label={`Move ${row.ref.name}`} actions={moves}>
              ⠿
            </ActionMenu>
          </span>
        )}
      </div>
      <p className="mt-0.5 truncate text-xs text-fg-2">
        {shownKind(row.ref)} <span className="text-fg-3">{row.ref.namespace ?? 'whole cluster'}</span>
      </p>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-xs text-fg-3">
        <span>{plural(row.selects.length, 'workload')}</span>
        <span>{directionWords(row)}</span>
        <span className="ml-auto flex items-center gap-x-2">
          {decides(row) && row.hits.allowed > 0 && <span>{formatShort(row.hits.allowed)} allowed</span>}
          {decides(row) && row.hits.denied > 0 && (
            <StatusMark status="bad" label={`${formatShort(row.hits.denied)} denied`} showLabel className="text-fg-2" />
          )}
          {row.findings.length > 0 && <StatusMark status="warn" label={plural(row.findings.length, 'finding')} />}
        </span>
      </p>
    </article>
  )
}

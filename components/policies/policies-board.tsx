'use client'

import { type DragEvent, useMemo, useRef, useState } from 'react'
import { tierName } from '@/core/policy/tier-name'
import { formatCount } from '../format'
import { useAnnounce } from '../ui/announcer'
import { useRoom } from '../ui/use-room'
import { type BoardColumn, boardColumns, isMovable, moveTo, type Spot } from './board'
import { BoardCard } from './board-card'
import { useCanEdit } from './can-edit'
import { useDraftOf } from './use-draft-of'
import type { PoliciesState } from './use-policies-state'
import type { ShownPage, ShownPolicy } from './shown-page'

type Props = { page: ShownPage; rows: readonly ShownPolicy[]; state: PoliciesState }

const shownAtMost = 120

/** Pixels that a column needs, and between two. */
const columnWidth = 200
const gap = 12

/** Tiers as columns, policies as cards in the order that they are read. What has an order can be dragged; the edit opens as a draft. */
export function PoliciesBoard({ page, rows, state }: Props) {
  const columns = useMemo(() => boardColumns(page, rows), [page, rows])
  const canEdit = useCanEdit()
  const [dragged, setDragged] = useState<ShownPolicy | null>(null)
  const { begin, busy, problem } = useDraftOf(page.cluster)
  const announce = useAnnounce()
  const [refusal, setRefusal] = useState('')
  const board = useRef<HTMLDivElement>(null)
  const abreast = abreastIn(useRoom(board), columns.length)
  const move = (row: ShownPolicy, spot: Spot) => {
    setDragged(null)
    // Cards that are filtered away are read nevertheless.
    const to = moveTo(row, spotAmongAll(spot, columns, page), boardColumns(page, page.policies))
    if (to === null) return setRefusal('')
    if (typeof to === 'string') {
      setRefusal(to)
      announce(to)
      return
    }
    setRefusal('')
    void begin(row.ref, { type: 'place', move: to })
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <p className="shrink-0 px-3 py-1.5 text-xs text-fg-3">
        {refusal || problem ? (
          <span role="alert" className="text-fg">
            {refusal || problem}
          </span>
        ) : busy ? (
          'Opening the edit as a draft …'
        ) : (
          'Tiers are read from left to right and row by row, policies from top to bottom. A card with a handle can be dragged, or moved by its menu; the edit opens as a draft.'
        )}
      </p>
      {/* Where there are further rows, a column leaves a part of the next in sight. */}
      <div ref={board} className="min-h-0 [container-type:size] print:[container-type:normal] flex-1 overflow-y-auto">
        <div
          className={`grid min-h-full gap-3 px-3 pb-3 ${abreast < columns.length ? '[--most:64cqh]' : '[--most:calc(100cqh-12px)]'}`}
          style={{ gridTemplateColumns: `repeat(${abreast}, minmax(0, 1fr))` }}
        >
          {columns.map((column) => (
            <Column
              key={column.tier.name}
              column={column}
              columns={columns}
              sel={state.sel}
              // The second press of a double one on the menu falls on the card below, while the page is on its way elsewhere.
              onOpen={(key) => !busy && state.open(key)}
              page={page}
              canMove={canEdit && !busy}
              dragged={dragged}
              onDrag={setDragged}
              onMove={move}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

/** How many columns lie beside each other: all, or as many as make even rows. */
function abreastIn(room: number | null, columns: number): number {
  if (room === null || columns === 0) return Math.max(1, columns)
  const most = Math.max(1, Math.floor((room - gap) / (columnWidth + gap)))
  return Math.ceil(columns / Math.ceil(columns / most))
}

/** The same spot where cards are shown that the filter hides: before the card that it is shown before. */
function spotAmongAll(spot: Spot, columns: readonly BoardColumn[], page: ShownPage): Spot {
  const next = columns.find(({ tier }) => tier.name === spot.tier)?.cards[spot.before]
  const all = boardColumns(page, page.policies).find(({ tier }) => tier.name === spot.tier)?.cards ?? []
  const at = next ? all.findIndex(({ row }) => row.key === next.row.key) : -1
  return { ...spot, before: at < 0 ? all.length : at }
}

type ColumnProps = {
  column: BoardColumn
  columns: readonly BoardColumn[]
  page: ShownPage
  sel: string | null
  onOpen: (key: string) => void
  canMove: boolean
  dragged: ShownPolicy | null
  onDrag: (row: ShownPolicy | null) => void
  onMove: (row: ShownPolicy, spot: Spot) => void
}

function Column({
  column: { tier, cards },
  columns,
  page,
  sel,
  onOpen,
  canMove,
  dragged,
  onDrag,
  onMove,
}: ColumnProps) {
  const [over, setOver] = useState<number | null>(null)
  const [whole, setWhole] = useState(false)
  const shown = whole ? cards : cards.slice(0, shownAtMost)
  const spotOf = (event: DragEvent, at: number) => {
    const box = event.currentTarget.getBoundingClientRect()
    return event.clientY > box.top + box.height / 2 ? at + 1 : at
  }
  const dropAt = (before: (event: DragEvent) => number) =>
    dragged === null
      ? {}
      : {
          onDragOver: (event: DragEvent) => {
            event.preventDefault()
            event.stopPropagation()
            setOver(before(event))
          },
          onDrop: (event: DragEvent) => {
            event.preventDefault()
            event.stopPropagation()
            setOver(null)
            onMove(dragged, { tier: tier.name, before: before(event) })
          },
        }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop on; the menu of a card does the same by keyboard
    <section
      aria-label={`Tier ${tierName(tier.name)}`}
      className="flex max-h-(--most) print:max-h-none min-w-0 flex-col rounded-md border border-line bg-panel"
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(null)
      }}
      {...dropAt(() => cards.length)}
    >
      <div className="border-b border-line px-3 py-2">
        <h2 className="flex items-baseline justify-between gap-2 font-semibold">
          <span className="min-w-0 truncate">{tierName(tier.name)}</span>
          <span className="text-xs font-normal text-fg-3 tabular-nums">{formatCount(cards.length)}</span>
        </h2>
        <p className="text-xs text-fg-3">
          {tier.layer === 'mesh' ? 'of the mesh; ' : ''}
          {tier.end === 'deny' ? 'denies what none of those that select decides' : 'passes on what none decides'}
        </p>
      </div>
      <ol className="flex min-h-16 flex-1 flex-col gap-1.5 overflow-y-auto p-1.5" tabIndex={-1}>
        {shown.map((card, at) => (
          <li
            key={card.row.key}
            {...dropAt((event) => spotOf(event, at))}
            className={`relative ${over === at ? 'before:absolute before:inset-x-0 before:-top-1 before:h-0.5 before:bg-accent' : ''}`}
          >
            <BoardCard
              card={card}
              page={page}
              isOpen={sel === card.row.key}
              onOpen={() => onOpen(card.row.key)}
              onDrag={canMove && isMovable(card.row) ? onDrag : null}
              moves={canMove ? movesOf(card.row, tier.name, at, cards.length, columns, onMove) : []}
            />
          </li>
        ))}
        {over === cards.length && <li aria-hidden="true" className="h-0.5 bg-accent" />}
        {cards.length > shown.length && (
          <li>
            <button
              type="button"
              className="h-7 w-full rounded-md text-xs text-accent hover:bg-hover"
              onClick={() => setWhole(true)}
            >
              Show all {formatCount(cards.length)}
            </button>
          </li>
        )}
      </ol>
    </section>
  )
}

/** What the menu of a card offers in place of dragging. */
function movesOf(
  row: ShownPolicy,
  tier: string,
  at: number,
  count: number,
  columns: readonly BoardColumn[],
  onMove: ColumnProps['onMove'],
) {
  if (!isMovable(row)) return []
  const to = (before: number, name = tier) => ({ run: () => onMove(row, { tier: name, before }) })
  const others = columns.filter(
    (each) => each.tier.name !== tier && typeof moveTo(row, endOf(each), columns) !== 'string',
  )
  return [
    ...(at > 0
      ? [
          { label: 'Move up', ...to(at - 1) },
          { label: 'Move to the top', ...to(0) },
        ]
      : []),
    ...(at < count - 1
      ? [
          { label: 'Move down', ...to(at + 2) },
          { label: 'Move to the bottom', ...to(count) },
        ]
      : []),
    ...others.map((each) => ({
      label: `Move to tier ${tierName(each.tier.name)}`,
      ...to(each.cards.length, each.tier.name),
    })),
  ]
}

const endOf = ({ tier, cards }: BoardColumn): Spot => ({ tier: tier.name, before: cards.length })

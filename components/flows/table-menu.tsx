'use client'

import { useState } from 'react'
import { IconButton } from '../ui/button'
import { Popover } from '../ui/popover'
import { Segmented } from '../ui/segmented'
import { type ColumnId, columnIds, columnTitle, defaultColumns } from './columns'
import type { useTableLook } from './use-table-look'

/** A list with one of its members a place further on (1) or back (-1). */
export function moved<T>(list: readonly T[], one: T, by: 1 | -1): readonly T[] {
  const at = list.indexOf(one)
  const other = list[at + by]
  if (at < 0 || other === undefined) return list
  return list.map((value, index) => (index === at ? other : index === at + by ? one : value))
}

/** Which columns there are and in which order, how high rows are, and in which zone times are written. */
export function TableMenu({ look }: { look: ReturnType<typeof useTableLook> }) {
  const [open, setOpen] = useState(false)
  const { columns, setColumns } = look
  const hidden = columnIds.filter((id) => !columns.includes(id))
  return (
    <Popover label="Table" trigger="Columns" open={open} onOpenChange={setOpen} align="end" className="w-72 p-3">
      <ul aria-label="Columns" className="pb-2">
        {[...columns, ...hidden].map((id) => (
          <ColumnItem
            key={id}
            id={id}
            shown={columns.includes(id)}
            only={columns.length === 1}
            first={columns[0] === id}
            last={columns.at(-1) === id}
            onToggle={() => setColumns(columns.includes(id) ? columns.filter((one) => one !== id) : [...columns, id])}
            onMove={(by) => setColumns(moved(columns, id, by))}
          />
        ))}
      </ul>
      {columns === defaultColumns && (
        <p className="pb-2 text-2xs text-fg-3">
          The last of the usual columns are left out where the window has no room for them. Columns that you choose
          stay.
        </p>
      )}
      <div className="flex flex-col gap-2 border-t border-line pt-2 text-xs text-fg-2">
        <span className="flex items-center justify-between gap-3">
          Rows
          <Segmented
            label="Height of rows"
            value={look.density}
            onChange={look.setDensity}
            options={[
              { value: 'compact', label: 'Compact' },
              { value: 'comfortable', label: 'Comfortable' },
            ]}
          />
        </span>
        <span className="flex items-center justify-between gap-3">
          Times
          <Segmented
            label="Zone of times"
            value={look.zone}
            onChange={look.setZone}
            options={[
              { value: 'local', label: 'Local' },
              { value: 'utc', label: 'UTC' },
            ]}
          />
        </span>
        <button
          type="button"
          className="h-7 self-start text-fg-2 hover:text-fg"
          onClick={() => setColumns(defaultColumns)}
        >
          Usual columns
        </button>
      </div>
    </Popover>
  )
}

type ItemProps = {
  id: ColumnId
  shown: boolean
  only: boolean
  first: boolean
  last: boolean
  onToggle: () => void
  onMove: (by: 1 | -1) => void
}

function ColumnItem({ id, shown, only, first, last, onToggle, onMove }: ItemProps) {
  const title = columnTitle(id)
  return (
    <li className="flex h-7 items-center gap-1">
      <label className="flex flex-1 items-center gap-2">
        <input type="checkbox" checked={shown} disabled={shown && only} onChange={onToggle} />
        {title}
      </label>
      {shown && (
        <>
          <IconButton label={`${title}: further left`} disabled={first} onClick={() => onMove(-1)}>
            ↑
          </IconButton>
          <IconButton label={`${title}: further right`} disabled={last} onClick={() => onMove(1)}>
            ↓
          </IconButton>
        </>
      )}
    </li>
  )
}

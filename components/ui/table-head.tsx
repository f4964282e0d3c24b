import type { ReactNode } from 'react'

/** One column: its head, its cells and how it sorts are said once. */
export type Column<T> = {
  readonly id: string
  readonly title: string
  /** What the head shows; the title is spoken then. */
  readonly head?: ReactNode
  /** Pixels; of a `grow` column, at least. */
  readonly width: number
  readonly grow?: boolean
  /** Pixels at most, where the window is wide; a quarter more than `width` without. */
  readonly max?: number
  /** Is left out where there is no room for all columns; of numbers, the greater first. */
  readonly yields?: boolean | number
  readonly align?: 'left' | 'right'
  readonly sortable?: boolean
  readonly cell: (row: T) => ReactNode
}

export type Sort = { readonly id: string; readonly direction: 'ascending' | 'descending' }

type Props<T> = { columns: readonly Column<T>[]; sort?: Sort; onSort?: (id: string) => void }

/** From 1,280 px on, columns take a part of what the window has more. */
function columnWidth<T>({ grow, width, max = width * 1.25 }: Column<T>): string | undefined {
  return grow ? undefined : `clamp(${width}px, ${width}px + (100vw - 1280px) / 16, ${max}px)`
}

/** Heads that stay in sight; those that sort are buttons. */
export function TableHead<T>({ columns, sort, onSort }: Props<T>) {
  return (
    <>
      <colgroup>
        {columns.map((column) => (
          <col key={column.id} style={{ width: columnWidth(column) }} />
        ))}
      </colgroup>
      <thead className="sticky top-0 z-10 bg-canvas">
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              aria-sort={sort?.id === column.id ? sort.direction : undefined}
              className={`h-8 overflow-hidden border-b border-line px-2.5 text-2xs font-medium whitespace-nowrap text-fg-3 ${column.align === 'right' ? 'text-right' : 'text-left'}`}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  onClick={() => onSort(column.id)}
                  className="inline-flex h-6 items-center gap-1 hover:text-fg"
                  title={`Sort by ${column.title.toLowerCase()}`}
                >
                  <Head column={column} />
                  {sort?.id === column.id && (
                    <span aria-hidden="true">{sort.direction === 'ascending' ? '↑' : '↓'}</span>
                  )}
                </button>
              ) : (
                <Head column={column} />
              )}
            </th>
          ))}
        </tr>
      </thead>
    </>
  )
}

const Head = <T,>({ column }: { column: Column<T> }) =>
  column.head === undefined ? (
    column.title
  ) : (
    <>
      <span aria-hidden="true">{column.head}</span>
      <span className="sr-only">{column.title}</span>
    </>
  )

import type { ReactNode } from 'react'

/** A chapter with its heading. */
export const Chapter = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="mt-6">
    <h3 className="mb-1.5 border-b border-line-strong pb-1 text-lg font-semibold">{title}</h3>
    {children}
  </section>
)

type TableProps = {
  label: string
  heads: readonly string[]
  /** Columns from this one on are figures. */
  figuresFrom?: number
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

/** A table on paper: every row, its head again on each sheet. */
export function PaperTable({ label, heads, figuresFrom = heads.length, rows }: TableProps) {
  const right = (i: number) => (i >= figuresFrom ? 'text-right whitespace-nowrap' : 'text-left')
  return (
    <div className="overflow-x-auto">
      <table aria-label={label} className="mt-2 w-full border-collapse text-xs">
        <thead>
          <tr>
            {heads.map((head, i) => (
              <th
                key={head}
                className={`border-b border-line-strong py-1 pr-3 font-medium text-fg-2 last:pr-0 ${right(i)}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, i) => (
                <td key={heads[i]} className={`border-b border-line py-1 pr-3 align-top last:pr-0 ${right(i)}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

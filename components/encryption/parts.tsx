import type { ReactNode } from 'react'
import type { Endpoint } from '@/core/endpoint'
import { formatPort } from '../format'

export const head =
  'h-8 border-b border-line px-2 text-left text-2xs font-medium whitespace-nowrap text-fg-3 first:pl-0 last:pr-0'
export const cell = 'h-8 border-b border-line px-2 first:pl-0 last:pr-0 [tr:last-child>&]:border-b-0'
export const rowClass = 'hover:bg-hover'

type Head = { readonly title: ReactNode; readonly className?: string; readonly hint?: string }
type TableProps = { label: string; heads: readonly Head[]; className?: string; children: ReactNode }

/** The table of a card, by its heads; children are its rows. */
export const CardTable = ({ label, heads, className = '', children }: TableProps) => (
  <Scroller>
    <table aria-label={label} className={`w-full border-separate border-spacing-0 ${className}`}>
      <thead>
        <tr>
          {heads.map(({ title, className: own = '', hint }, at) => (
            <th key={at} className={`${head} ${own}`} title={hint}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </Scroller>
)

/** What is too wide for the window scrolls by itself. */
export const Scroller = ({ children }: { children: ReactNode }) => (
  <div className="relative overflow-x-auto">{children}</div>
)

/** `catalog/products → catalog/postgres:5432`, in mono. */
export const edgeName = ({ from, to, port }: { from: Endpoint; to: Endpoint; port: number }): string =>
  `${from.namespace ? `${from.namespace}/${from.name}` : from.name} → ${formatPort(to, port)}`

/** The name of an edge as a button that opens its evidence. */
export const EdgeButton = ({
  edge,
  onOpen,
}: {
  edge: { readonly id: string; readonly from: Endpoint; readonly to: Endpoint; readonly port: number }
  onOpen: (id: string) => void
}) => (
  <button
    type="button"
    onClick={() => onOpen(edge.id)}
    className="min-h-7 py-1 text-left font-mono text-xs break-words hover:underline"
  >
    {edgeName(edge)}
  </button>
)

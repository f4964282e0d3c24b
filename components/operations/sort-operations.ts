import type { OperationFigures } from '@/core/operations/operations'
import type { Sort } from '../ui/table-head'

type Key = (row: OperationFigures) => string | number | null

/** Columns that sort, by their id. */
const keys: Readonly<Record<string, Key>> = {
  name: (row) => row.name,
  rate: (row) => row.requestRate ?? row.responses,
  errors: (row) => row.errorRatio,
  p95: (row) => row.p95,
}

/** `-rate` is descending; anything unknown is the default. */
export function parseOperationSort(text: string): Sort {
  const id = text.replace(/^-/, '')
  if (!Object.hasOwn(keys, id)) return { id: 'rate', direction: 'descending' }
  return { id, direction: text.startsWith('-') ? 'descending' : 'ascending' }
}

/** What a press on a head makes of the sort: figures start with the largest, names with A; a second press turns it round. */
export function nextOperationSort(sort: Sort, id: string): string {
  const descending = sort.id === id ? sort.direction === 'ascending' : id !== 'name'
  return descending ? `-${id}` : id
}

/** In order; what is unknown, `(other)` and what is not told stay last. */
export function sortOperations(rows: readonly OperationFigures[], sort: Sort): readonly OperationFigures[] {
  const key = keys[sort.id]
  if (!key) return rows
  const turn = sort.direction === 'descending' ? -1 : 1
  return rows.toSorted((a, b) => isRest(a) - isRest(b) || compare(key(a), key(b), turn) || (a.name < b.name ? -1 : 1))
}

const isRest = ({ name }: OperationFigures) => (name === '' ? 2 : name === '(other)' ? 1 : 0)

function compare(a: string | number | null, b: string | number | null, turn: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a === b ? 0 : a < b ? -turn : turn
}

import type { Column } from './table-head'

type Width = Pick<Column<never>, 'width' | 'yields'>

/** Pixels that columns need at least. */
export const widthOf = (columns: readonly Width[]): number => columns.reduce((sum, { width }) => sum + width, 0)

/** The columns that have room: those that yield are left out, the last of them first. What does not fit even so is scrolled to. */
export function columnsThatFit<C extends Width>(columns: readonly C[], room: number | null): readonly C[] {
  if (room === null || widthOf(columns) <= room) return columns
  const last = columns.findLast(({ yields }) => yields)
  return last
    ? columnsThatFit(
        columns.filter((column) => column !== last),
        room,
      )
    : columns
}

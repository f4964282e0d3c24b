type Width = {
  /** Pixels at least. */
  readonly width: number
  /** Whether it may be left out; of numbers, the greater goes first. */
  readonly yields?: boolean | number
}

/** Pixels that columns need at least. */
export const widthOf = (columns: readonly Width[]): number => columns.reduce((sum, { width }) => sum + width, 0)

const rankOf = ({ yields }: Width) => Number(yields ?? 0)

/** The columns that have room: those that yield are left out, of the greatest rank the last of them first. What does not fit even so is scrolled to. */
export function columnsThatFit<C extends Width>(columns: readonly C[], room: number | null): readonly C[] {
  if (room === null || widthOf(columns) <= room) return columns
  const most = Math.max(0, ...columns.map(rankOf))
  const last = most > 0 ? columns.findLast((column) => rankOf(column) === most) : undefined
  return last
    ? columnsThatFit(
        columns.filter((column) => column !== last),
        room,
      )
    : columns
}

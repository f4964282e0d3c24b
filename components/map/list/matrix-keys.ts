/** A place in a matrix, or a step in it: row, column. */
export type Cell = readonly [row: number, column: number]

const steps: Readonly<Record<string, Cell>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

/** What a key does in a matrix: goes to a cell, or with Ctrl jumps to the next call in a direction; null for nothing. */
export function matrixKeyOf(
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  [row, column]: Cell,
  [rows, columns]: Cell,
): { readonly to: Cell } | { readonly jump: Cell } | null {
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined
  if (step) return ctrlKey ? { jump: step } : { to: [row + step[0], column + step[1]] }
  if (key === 'Home') return { to: [ctrlKey ? 0 : row, 0] }
  if (key === 'End') return { to: [ctrlKey ? rows - 1 : row, columns - 1] }
  return null
}

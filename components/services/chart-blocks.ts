import type { Line } from './sort-services'

/** Rows of the table whose small charts are asked for together. */
const blockRows = 16

/**
 * Ids of the services in sight, in blocks of the table, so that scrolling asks for what comes in and not again for
 * what was there. Within a block they are in order of id: rows that change places there ask for nothing new.
 */
export function chartBlocks(lines: readonly Line[], sight: Sight): readonly (readonly string[])[] {
  const blocks: (readonly string[])[] = []
  for (let at = sight.first - (sight.first % blockRows); at <= sight.last && at < lines.length; at += blockRows) {
    const ids = lines.slice(at, at + blockRows).flatMap((line) => (line.type === 'service' ? [line.row.id] : []))
    if (ids.length > 0) blocks.push(ids.sort())
  }
  return blocks
}

/** The first and the last row in sight. */
export type Sight = { readonly first: number; readonly last: number }

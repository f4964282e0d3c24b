import { useState } from 'react'

type Identified = { readonly id: string }

/** Items in the order of these ids where they are the same ones; else in their own. */
export function steadyOrder<Item extends Identified>(items: readonly Item[], ids: readonly string[]): readonly Item[] {
  if (ids.length !== items.length) return items
  const byId = new Map(items.map((item) => [item.id, item]))
  const steady = ids.flatMap((id) => byId.get(id) ?? [])
  return steady.length === items.length ? steady : items
}

/** Rows that stay where they are while figures change by a little; anew where one comes or goes, or `about` changes. */
export function useSteadyOrder<Item extends Identified>(items: readonly Item[], about: string): readonly Item[] {
  const [last, setLast] = useState<{ about: string; ids: readonly string[] }>({ about, ids: [] })
  const ordered = about === last.about ? steadyOrder(items, last.ids) : items
  if (about !== last.about || ordered.length !== last.ids.length || ordered.some(({ id }, at) => id !== last.ids[at]))
    setLast({ about, ids: ordered.map(({ id }) => id) })
  return ordered
}

import type { LinkRow } from '@/core/links/link'

export type LinkMaker = { readonly account: number; readonly name: string; readonly count: number }

/** Who made these links, by name; links older than accounts are nobody's. O(links). */
export function linkMakers(links: readonly LinkRow[]): readonly LinkMaker[] {
  const makers = new Map<number, LinkMaker>()
  for (const { account, createdBy } of links)
    if (account !== null)
      makers.set(account, { account, name: createdBy, count: (makers.get(account)?.count ?? 0) + 1 })
  return [...makers.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

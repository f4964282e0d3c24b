'use client'

import type { UnknownCluster } from '@/core/access/rights'

/** Says on every page that what is missing of these clusters is not known, and not nothing. */
export function UnknownRights({ clusters }: { clusters: readonly UnknownCluster[] }) {
  return (
    <section
      aria-label="Rights that are not known"
      className="min-h-9 shrink-0 border-b-2 border-unknown bg-panel px-3 py-1.5 text-fg-2"
    >
      <ul>
        {clusters.map(({ cluster, why }) => (
          <li key={cluster} className="wrap-anywhere">
            Your rights in cluster <b className="font-semibold text-fg">{cluster}</b> are not known, so nothing of it is
            shown. {why}
          </li>
        ))}
      </ul>
    </section>
  )
}

import { secondsOf } from '../series/covered'
import type { World } from '../world'
import { type EncryptionClass, encryptionClasses, type EncryptionUnit, encryptionUnits } from './classes'
import type { ClassifiedWorld } from './classify-world'
import { type Counted, groupRows } from './cover-rows'
import type { GroupRow } from './encryption-answer'

type Place = { readonly cluster: string; readonly namespace: string; readonly unit: EncryptionUnit }

export type CoverageFigure = Place & { readonly least: number; readonly most: number }
export type RateFigure = Place & {
  readonly class: EncryptionClass
  /** Per second. */
  readonly rate: number
}

/** What alerts are made of. What is not known is absent. */
export type AlertFigures = {
  readonly coverage: readonly CoverageFigure[]
  readonly rates: readonly RateFigure[]
  /** Namespaces that were left out, because there are more than anybody can be alerted of. */
  readonly cut: number
}

/** Namespaces told at most, those with most edges. */
export const maxNamespaces = 500

/** Coverage and rates by namespace, each edge for both of its ends. Bounds of 0 and 1 say nothing and are left out. O(edges). */
export function alertFigures(world: World, { edges }: ClassifiedWorld): AlertFigures {
  const byUnit = encryptionUnits.map((unit) => {
    const counted = edges.flatMap((each): Counted[] => {
      const evidence = each.units[unit]
      return evidence ? [{ each, evidence }] : []
    })
    return { unit, rows: groupRows(counted, world.teams).filter(({ kind }) => kind === 'namespace') }
  })
  const { kept, cut } = largest(byUnit.flatMap(({ rows }) => rows))
  const coverage: CoverageFigure[] = []
  const rates: RateFigure[] = []
  for (const { unit, rows } of byUnit) {
    for (const { id, name, cluster, amounts, coverage: bounds } of rows) {
      if (!kept.has(id)) continue
      const place = { cluster, namespace: name, unit }
      if (bounds && (bounds.least > 0 || bounds.most < 1)) coverage.push({ ...place, ...bounds })
      const seconds = secondsOf(world, cluster)
      if (!(seconds > 0)) continue
      for (const each of encryptionClasses)
        if (amounts[each] > 0) rates.push({ ...place, class: each, rate: amounts[each] / seconds })
    }
  }
  return { coverage, rates, cut }
}

function largest(rows: readonly GroupRow[]): { readonly kept: ReadonlySet<string>; readonly cut: number } {
  const edges = new Map<string, number>()
  for (const row of rows) edges.set(row.id, Math.max(edges.get(row.id) ?? 0, row.edges))
  const sorted = [...edges].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([id]) => id)
  return { kept: new Set(sorted.slice(0, maxNamespaces)), cut: Math.max(0, sorted.length - maxNamespaces) }
}

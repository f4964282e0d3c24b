import type { ModelCatalogue } from '../catalogue'
import type { Direction } from '../normal-form'
import { booleanAt, field, itemsAt, type Reader } from '../read'
import { type CiliumRules, ciliumRuleAt } from './cilium-rule'

/** What a spec says of one direction. */
export type Side = {
  readonly direction: Direction
  readonly path: string
  /** Whether there is an allow or a deny; without, the spec says nothing of the direction, whatever enableDefaultDeny is. */
  readonly hasRules: boolean
  readonly isolates: boolean
  readonly allows: readonly ((catalogue: ModelCatalogue) => CiliumRules)[]
  readonly denies: readonly ((catalogue: ModelCatalogue) => CiliumRules)[]
}

type SideOf = { readonly direction: Direction; readonly namespace: string | null; readonly host: boolean }

/** Reads the rules of one direction and whether it isolates. */
export function sideAt(spec: Reader, how: SideOf): Side {
  const { direction } = how
  const read = (name: string, allows: boolean) =>
    (itemsAt(field(spec, name)) ?? []).map((item) => ciliumRuleAt(item, { ...how, allows }))
  const allows = read(direction, true)
  const denies = read(`${direction}Deny`, false)
  const hasRules = allows.length + denies.length > 0
  const isolates = booleanAt(field(field(spec, 'enableDefaultDeny'), direction)) ?? true
  return { direction, path: field(spec, direction).path, hasRules, isolates, allows, denies }
}

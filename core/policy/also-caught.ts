import type { CompiledPolicies } from './compile'
import { endOf } from './evaluate'
import { endMatches } from './match-end'
import { type ModelObject, type Workload, workloadName } from './model'
import { readPolicy } from './read-policy'
import { sightOf } from './select-blocks'
import { no, triSome, yes } from './tri'

/** Whom a draft selects, beside whom it is meant for. */
export type Caught = {
  /** Of those that are meant. */
  readonly meant: readonly Workload[]
  readonly missed: readonly Workload[]
  /** Surely selected too. */
  readonly also: readonly Workload[]
  /** It depends on what is not known whether they are selected too. */
  readonly perhaps: readonly Workload[]
}

/** null: the draft cannot be read, or is no policy. O(workloads × its blocks). */
export function alsoCaught(compiled: CompiledPolicies, draft: ModelObject, wanted: readonly Workload[]): Caught | null {
  const { policy, unread } = readPolicy(draft, compiled.catalogue)
  if (!policy || unread) return null
  const meantKeys = new Set(wanted.map(workloadName))
  const all = compiled.catalogue.model.workloads.map((workload) => {
    const sight = { ...sightOf(compiled, workload), doubt: () => {} }
    const selects = triSome(policy.blocks, ({ subject }) => endMatches(subject, endOf(workload), sight))
    return { workload, selects, isMeant: meantKeys.has(workloadName(workload)) }
  })
  const of = (fits: (one: (typeof all)[number]) => boolean) => all.filter(fits).map(({ workload }) => workload)
  return {
    meant: of(({ isMeant, selects }) => isMeant && selects !== no),
    missed: of(({ isMeant, selects }) => isMeant && selects === no),
    also: of(({ isMeant, selects }) => !isMeant && selects === yes),
    perhaps: of(({ isMeant, selects }) => !isMeant && selects !== yes && selects !== no),
  }
}

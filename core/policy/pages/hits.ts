/** How often something of a policy decided, over a period, with the policies as they are. */
export type Hits = {
  /** Connections (else flows) that it let pass. */
  readonly allowed: number
  /** The same of those that it stopped. */
  readonly denied: number
  /** Milliseconds; null: never in the period. */
  readonly lastUsed: number | null
  /** Distinct edges. */
  readonly edges: number
  /** Who says that it was this one: a source that names policies (`hubble`, `goldmane`), or `engine`, which is Oriel. */
  readonly witnesses: readonly HitWitness[]
}

export const hitWitnesses = ['engine', 'hubble', 'goldmane'] as const
export type HitWitness = (typeof hitWitnesses)[number]

export const noHits: Hits = { allowed: 0, denied: 0, lastUsed: null, edges: 0, witnesses: [] }

export type HitCount = {
  readonly allowed?: number
  readonly denied?: number
  readonly last: number | null
  readonly witness: HitWitness
}

/** Hits by a key, while they are counted. */
export type HitTally = {
  readonly add: (key: string, count: HitCount) => void
  readonly of: (key: string) => Hits
}

export function hitTally(): HitTally {
  const known = new Map<string, Hits>()
  return {
    add(key, { allowed = 0, denied = 0, last, witness }) {
      const before = known.get(key) ?? noHits
      known.set(key, {
        allowed: before.allowed + allowed,
        denied: before.denied + denied,
        lastUsed: last === null ? before.lastUsed : Math.max(before.lastUsed ?? last, last),
        edges: before.edges + 1,
        witnesses: before.witnesses.includes(witness) ? before.witnesses : [...before.witnesses, witness],
      })
    },
    of: (key) => known.get(key) ?? noHits,
  }
}

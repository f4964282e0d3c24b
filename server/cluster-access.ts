import type { AskedCluster, ClusterAccess } from '@/core/access/cluster-rights'
import type { ActedAs } from '@/core/policy/apply/audited-change'
import { toError } from './errors'

/** What clusters said of people, kept for a while. */
export type ClusterAccessKeeper = {
  /** What a cluster lets somebody do. Fails never: a cluster that cannot be asked is unknown. */
  ask(cluster: string, person: ActedAs, namespaces: readonly string[]): Promise<AskedCluster>
}

/** No answer is given that was asked for longer ago. With what server/rights.ts keeps, a revoked grant counts for a minute at most. */
const longestMs = 30_000
/** Asked again behind the scenes after this; many questions less often, so that somebody costs an API server 40 a second at most. */
const freshMs = 10_000
const freshPerNamespaceMs = 50
const freshestMs = 25_000
/** Who may nothing, or is not known, may have been given something this moment. */
const nothingMs = 5_000
const mostPeople = 2_000

type Entry = { answer: AskedCluster; at: number; freshUntil: number; next: Promise<AskedCluster> | null }

/** Keeps what `review` says: one question at a time about somebody in a cluster, whoever waits for it. */
export function createAccessKeeper(
  review: (cluster: string, person: ActedAs, namespaces: readonly string[]) => Promise<ClusterAccess>,
  now: () => number = Date.now,
): ClusterAccessKeeper {
  const entries = new Map<string, Entry>()

  const isUsable = ({ at, answer }: Entry) => 'access' in answer && now() - at < longestMs

  const refresh = async (entry: Entry, cluster: string, person: ActedAs, namespaces: readonly string[]) => {
    const at = now()
    try {
      const access = await review(cluster, person, namespaces)
      entry.answer = { cluster, access }
      entry.at = at
      entry.freshUntil = at + freshFor(access, namespaces.length)
    } catch (thrown) {
      if (!isUsable(entry)) entry.answer = { cluster, unknown: toError(thrown).message }
      entry.freshUntil = now() + nothingMs
    }
    entry.next = null
    return entry.answer
  }

  return {
    async ask(cluster, person, namespaces) {
      const key = JSON.stringify([cluster, person.user, ...person.groups])
      const entry = entries.get(key) ?? {
        answer: { cluster, unknown: '' },
        at: -Infinity,
        freshUntil: -Infinity,
        next: null,
      }
      entries.delete(key)
      entries.set(key, entry)
      for (const oldest of entries.keys()) if (entries.size > mostPeople) entries.delete(oldest)
      const usable = isUsable(entry)
      if (entry.freshUntil > now() && (usable || 'unknown' in entry.answer)) return entry.answer
      entry.next ??= refresh(entry, cluster, person, namespaces)
      return usable ? entry.answer : entry.next
    },
  }
}

function freshFor({ admin, sees }: ClusterAccess, namespaces: number): number {
  if (!admin && sees !== 'all' && sees.size === 0) return nothingMs
  return sees === 'all' ? freshMs : Math.min(freshestMs, Math.max(freshMs, namespaces * freshPerNamespaceMs))
}

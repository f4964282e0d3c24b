import { endpointKey } from '../endpoint'
import { groupBy } from '../group-by'
import { reasonWords, type Restart } from '../marks/restart'
import { countWords, listWords, spanWords } from '../text/words'
import type { Audit } from './context'
import type { Draft } from './finding'

/** So many restarts of one container within this time are no accident. The pause between two grows to five minutes. */
const least = 3
export const restartSpanMs = 3_600_000

/** One container that restarted again and again. `restarts` within `spanMs` before its last. */
type Repeat = { readonly last: Restart; readonly restarts: number; readonly spanMs: number }

/** Pods whose containers restart again and again in the window, by workload, with the reason of the last end. */
export const podRestarts: Audit = ({ world }) => {
  const byContainer = groupBy(world.restarts ?? [], ({ workload, uid, container }) =>
    JSON.stringify([workload.cluster, uid, container]),
  )
  const repeats = [...byContainer.values()].flatMap((restarts) => repeatOf(restarts, world.window.from) ?? [])
  const byWorkload = groupBy(repeats, ({ last }) => endpointKey(last.workload))
  return [...byWorkload].flatMap(([key, found]) => draftOf(key, found) ?? [])
}

/** The newest hour in which it restarted often enough, if it ends in the window. */
function repeatOf(restarts: readonly Restart[], from: number): Repeat | null {
  const newest = restarts.toSorted((a, b) => b.at - a.at)
  for (const last of newest) {
    if (last.at < from) return null
    const first = newest.findLast(({ at }) => at > last.at - restartSpanMs) ?? last
    // What was not seen while nobody looked is in the count.
    const count = Math.max(1, last.count - first.count + 1)
    if (count >= least) return { last, restarts: count, spanMs: last.at - first.at }
  }
  return null
}

function draftOf(key: string, found: readonly Repeat[]): Draft | null {
  const ordered = found.toSorted((a, b) => b.restarts - a.restarts || b.last.at - a.last.at)
  const worst = ordered[0]
  if (!worst) return null
  const { last, restarts, spanMs } = worst
  const { workload } = last
  const pods = new Set(found.map(({ last: { uid } }) => uid)).size
  const reasons = [...new Set(ordered.map((each) => reasonWords(each.last)))]
  const who = pods === 1 ? `A pod of ${workload.name}` : `${countWords(pods, 'pod')} of ${workload.name}`
  return {
    audit: 'pod-restarts',
    severity: 'degraded',
    title: `${capital(who)} ${pods === 1 ? 'restarts' : 'restart'} again and again: ${listWords(reasons)}`,
    sentence: `Container ${last.container} of ${last.pod} restarted ${restarts} times within ${spanWords(Math.max(60_000, spanMs))}; it ended last with ${reasonWords(last)}.`,
    subject: key,
    endpoints: [key],
    affected: [],
    evidence: ordered.slice(0, 5).map((each) => ({
      figure: `restarts of ${each.last.pod}`,
      value: `${each.last.count} in all`,
      witness: 'kubernetes',
    })),
    watch: null,
    weight: restarts,
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

import { endpointKey } from '../endpoint'
import type { Mark } from './mark'
import type { RestartStep } from './restart'
import type { Window } from '../time'

/** Restarts of one workload within this are one mark: finer than a reader tells apart, so that a crash loop of days is few. */
export const restartStepMs = ({ from, to }: Window): number => Math.max(60_000, Math.ceil((to - from) / 100))

/** A mark for each step in which containers of a workload restarted, in order of time. */
export const restartMarks = (steps: readonly RestartStep[]): readonly Mark[] =>
  steps
    .map(({ workload, reason, at, restarts }): Mark => {
      const { cluster, namespace, kind: object, name } = workload
      const id = ['pod-restart', endpointKey(workload), reason, at].join('/')
      const what = { kind: 'pod-restart', change: 'changed', from: String(restarts), to: reason } as const
      return { id, at, cluster, namespace, object, name, ...what }
    })
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))

/** The newest `limit` of these marks in order of time; restarts of pods give way to what people changed. */
export function newestMarks(marks: readonly Mark[], limit: number): readonly Mark[] {
  const ordered = marks.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  if (ordered.length <= limit) return ordered
  const changes = ordered.filter(({ kind }) => kind !== 'pod-restart').slice(-limit)
  const room = limit - changes.length
  const restarts = new Set(room > 0 ? ordered.filter(({ kind }) => kind === 'pod-restart').slice(-room) : [])
  const kept = new Set(changes)
  return ordered.filter((mark) => kept.has(mark) || restarts.has(mark))
}

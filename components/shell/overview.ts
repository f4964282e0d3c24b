import type { Me } from '@/core/access/me'
import type { SourceRow, SourcesAnswer } from '@/core/sources/source-row'

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'])

/** Whether a source needs somebody's eye: it does not deliver, or is in a gap now. */
export const inTrouble = (source: SourceRow): boolean =>
  source.state === 'retrying' || source.state === 'failed' || source.gaps.some((gap) => gap.to === null)

/** Whether a source's rate and lag are about now. */
export const delivering = (source: Pick<SourceRow, 'state'>): boolean =>
  source.state === 'running' || source.state === 'idle'

/** The few facts that the shell shows about all sources. `workloads` is null where no inventory tells, and where not all of them may be seen. */
export function overview({ sources, inventory }: SourcesAnswer) {
  const clusters = [...new Set([...sources.map((source) => source.cluster), ...inventory.map((kind) => kind.cluster)])]
  const counted = inventory.filter((kind) => workloadKinds.has(kind.kind) && kind.state !== 'failed')
  const lags = sources.filter(delivering).flatMap((source) => (source.lagMs === null ? [] : [source.lagMs]))
  return {
    clusters: clusters.filter(Boolean).sort(),
    sources: sources.length,
    workloads: sumOf(counted.map(({ objects }) => objects)),
    troubled: sources.filter(inTrouble).length,
    lagMs: lags.length > 0 ? Math.max(...lags) : null,
  }
}

/** Whether the facts are known to who looks on: to somebody who sees nothing none is told, which is not none. `sees` undefined: not known yet. */
export const knowsFacts = ({ sources }: Pick<SourcesAnswer, 'sources'>, sees: Me['sees'] | undefined): boolean =>
  sees === undefined ? sources.length > 0 : sees !== 'nothing'

const sumOf = (counts: readonly (number | null)[]): number | null =>
  counts.length === 0 ? null : counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0)

import { formatCount } from '../format'
import { sourceStatus, StatusMark } from '../status-mark'
import { groupKinds, type KindGroup, type KindRow, toldKinds } from './group-kinds'

/** Where nothing may be read, every kind says nearly the same. */
const shownMessages = 3

const Messages = ({ kinds }: { kinds: readonly KindRow[] }) => (
  <ul className="flex flex-col gap-1">
    {kinds.map((kind) => (
      <li key={kind.kind} className="break-words">
        <span className="text-fg">{kind.kind}:</span> {kind.message}
      </li>
    ))}
  </ul>
)

/** `14`, or of a family `14 in 3 kinds`, `2 of 9 kinds not readable`; no figure where it is not told. */
function figureOf({ isFamily, state, objects, kinds }: KindGroup): string {
  if (!isFamily) return state === 'failed' ? 'not readable' : objects === null ? '' : formatCount(objects)
  const there = kinds.filter((kind) => kind.state !== 'idle')
  const of = (n: number) => `${n} ${n === 1 ? 'kind' : 'kinds'}`
  const failed = there.filter((kind) => kind.state === 'failed').length
  if (failed === 0) return objects === null ? of(there.length) : `${formatCount(objects)} in ${of(there.length)}`
  return failed === there.length ? 'not readable' : `${failed} of ${of(there.length)} not readable`
}

/** Which Kubernetes kinds are read in each cluster, and what to grant for those that are not. */
export function InventoryCard({ inventory }: { inventory: readonly KindRow[] }) {
  const clusters = [...new Set(inventory.map((kind) => kind.cluster))].sort()
  if (clusters.length === 0) {
    return (
      <p className="text-fg-2">
        No Kubernetes API is read, so names come from the telemetry alone. Start Oriel with{' '}
        <code className="font-mono text-xs">--kubeconfig FILE</code>, or in the cluster.
      </p>
    )
  }
  return (
    <>
      {clusters.map((cluster) => {
        const kinds = inventory.filter((kind) => kind.cluster === cluster)
        const told = toldKinds(kinds)
        const groups = groupKinds(kinds)
        const isAbsent = ({ isFamily, state }: KindGroup) => isFamily && state === 'idle'
        const absent = groups.filter(isAbsent)
        return (
          <section
            key={cluster}
            aria-label={`Kubernetes of ${cluster}`}
            className="rounded-lg border border-line bg-panel p-3.5"
          >
            <h3 className="text-base font-semibold">
              Kubernetes <span className="text-xs font-normal text-fg-3">{cluster}</span>
            </h3>
            <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1.5">
              {groups
                .filter((group) => !isAbsent(group))
                .map((group) => (
                  <li key={group.title} className="flex items-center gap-1.5">
                    <StatusMark status={sourceStatus[group.state]} label={group.state} />
                    {group.title}
                    <span className="text-fg-3">{figureOf(group)}</span>
                  </li>
                ))}
            </ul>
            {absent.length > 0 && (
              <p className="mt-1.5 text-fg-3">Not in this cluster: {absent.map(({ title }) => title).join(', ')}.</p>
            )}
            {told.length > 0 && (
              <div className="mt-2.5 flex flex-col gap-1 border-t border-line pt-2.5 text-fg-2">
                <Messages kinds={told.slice(0, shownMessages)} />
                {told.length > shownMessages && (
                  <details>
                    <summary className="flex h-6 w-fit items-center text-xs text-accent hover:underline">
                      {told.length - shownMessages} more
                    </summary>
                    <Messages kinds={told.slice(shownMessages)} />
                  </details>
                )}
              </div>
            )}
          </section>
        )
      })}
    </>
  )
}

import type { SourcesAnswer } from '@/core/source-row'
import { formatCount } from '../format'
import { sourceStatus, StatusMark } from '../status-mark'

type Kind = SourcesAnswer['inventory'][number]

/** Where nothing may be read, every kind says nearly the same. */
const shownMessages = 3

/** What is wrong with kinds comes before what the API server does not have. */
const byTrouble = (a: Kind, b: Kind) => Number(a.state === 'idle') - Number(b.state === 'idle')

const Messages = ({ kinds }: { kinds: readonly Kind[] }) => (
  <ul className="flex flex-col gap-1">
    {kinds.map((kind) => (
      <li key={kind.kind} className="break-words">
        <span className="text-fg">{kind.kind}:</span> {kind.message}
      </li>
    ))}
  </ul>
)

/** Which Kubernetes kinds are read in each cluster, and what to grant for those that are not. */
export function InventoryCard({ inventory }: { inventory: readonly Kind[] }) {
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
        const told = kinds.filter((kind) => kind.message !== '').toSorted(byTrouble)
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
              {kinds.map((kind) => (
                <li key={kind.kind} className="flex items-center gap-1.5">
                  <StatusMark status={sourceStatus[kind.state]} label={kind.state} />
                  {kind.kind}
                  <span className="text-fg-3">
                    {kind.state === 'failed' ? 'not readable' : formatCount(kind.objects)}
                  </span>
                </li>
              ))}
            </ul>
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

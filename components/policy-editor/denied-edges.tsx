import Link from 'next/link'
import { useMemo } from 'react'
import type { GroundEdge, PolicyGround } from '@/core/policy/ground'
import { effectEnd, isHidden } from '@/core/policy/what-if/ground-end'
import { useWhyNotEdit } from '../access/use-why-not-edit'
import { formatAgo, plural } from '../format'
import { useNow } from '../use-now'

type Props = {
  ground: PolicyGround
  /** Only what is about this namespace; null: the whole cluster. */
  namespace: string | null
}

const mostShown = 8

/** What was denied in the time of the ground, most attempts first; each leads to why it is and to what would allow it. */
export function DeniedEdges({ ground, namespace }: Props) {
  const { workloads } = ground.model
  const denied = useMemo(() => {
    const of = (end: GroundEdge['to']) => (end.type === 'workload' ? workloads[end.workload]?.namespace : null)
    return ground.edges
      .filter(
        (edge) => edge.lastDenied !== null && (namespace === null || [of(edge.to), of(edge.from)].includes(namespace)),
      )
      .sort((a, b) => (b.denied ?? 0) - (a.denied ?? 0))
  }, [ground, workloads, namespace])
  return (
    <section aria-label="Denied traffic" className="flex flex-col gap-2">
      <h2 className="font-semibold">Denied traffic</h2>
      {denied.length === 0 ? (
        <p className="text-fg-2">Nothing was denied in this time.</p>
      ) : (
        <ul className="rounded-lg border border-line bg-panel">
          {denied.slice(0, mostShown).map((edge) => (
            <Row key={edge.id} edge={edge} ground={ground} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ edge, ground }: { edge: GroundEdge; ground: PolicyGround }) {
  const now = useNow()
  const whyNotEdit = useWhyNotEdit()
  const { workloads } = ground.model
  return (
    <li className="flex min-h-9 items-center gap-3 border-b border-line px-3 py-1 last:border-b-0">
      <span className="min-w-0 flex-1 text-xs">
        <span className="flex flex-wrap gap-x-[1ch] font-mono wrap-anywhere">
          <span className="min-w-0">{effectEnd(workloads, edge.from).name}</span>
          <span className="min-w-0">
            → {effectEnd(workloads, edge.to).name}
            {edge.port === null ? '' : ` :${edge.port}`}
          </span>
        </span>
        <span className="text-fg-3">
          {plural(edge.denied ?? 0, 'attempt')}, {formatAgo(edge.lastDenied, now ?? ground.at)}
        </span>
      </span>
      {isHidden(edge.from) || isHidden(edge.to) ? (
        <span
          className="text-xs text-fg-3"
          title="What decides it is not told here, because one end is outside your scope. Who sees both ends can change it."
        >
          no rule can name it
        </span>
      ) : (
        <>
          <EdgeLink way="why" id={edge.id} label="Why?" />
          <EdgeLink way="allow" id={edge.id} label="Allow…" title={whyNotEdit} />
        </>
      )}
    </li>
  )
}

type LinkProps = { way: 'allow' | 'why'; id: string; label: string; title?: string | null }

const EdgeLink = ({ way, id, label, title = null }: LinkProps) => (
  <Link
    href={`/policies/edit?${way}=${encodeURIComponent(id)}`}
    title={title ?? undefined}
    className="inline-flex min-h-6 items-center text-xs text-accent hover:underline"
  >
    {label}
  </Link>
)

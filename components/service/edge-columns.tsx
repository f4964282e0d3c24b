import Link from 'next/link'
import { endpointLabel } from '@/core/endpoint'
import type { EdgeDecision } from '@/core/policy/pages/decision-page'
import type { ServiceEdge } from '@/core/services/service-detail'
import { addKnown, verdictTotal } from '@/core/figures/tally'
import { mainShares, shareWords, summaryStatus } from '../encryption-words'
import { dash, formatBytesRate, formatMs, formatPercent, formatRate } from '../format'
import { portWords } from '../map/panel/port-words'
import { decisionWords, whySentences } from '../policies/decision-words'
import { hasPage, servicePath } from '../service-path'
import { healthStatus, StatusMark, verdictStatus } from '../status-mark'
import type { Column } from '../ui/table-head'
import { Value } from '../value'
import { Bar } from './bar'

/** `kept`: the part of the URL that goes along. `blame`: words about what an edge adds. `decided`: what policies say, by edge id. */
export type EdgeColumns = {
  readonly title: string
  readonly kept: string
  readonly blame: (edge: ServiceEdge) => string
  readonly decided: ReadonlyMap<string, EdgeDecision>
}

/** The columns of callers and callees. */
export const edgeColumns = ({ title, kept, blame, decided }: EdgeColumns): readonly Column<ServiceEdge>[] => [
  {
    id: 'name',
    title,
    width: 190,
    grow: true,
    sortable: true,
    cell: (edge) => <Name edge={edge} kept={kept} blame={blame(edge)} />,
  },
  {
    id: 'rate',
    title: 'Requests',
    width: 74,
    max: 74,
    align: 'right',
    sortable: true,
    cell: ({ figures: { requestRate, flowRate } }) =>
      requestRate === null && flowRate !== null ? (
        <span className="text-fg-3" title="Flows: no requests were seen">
          {formatRate(flowRate)}
        </span>
      ) : (
        <Value text={formatRate(requestRate)} />
      ),
  },
  {
    id: 'errors',
    title: 'Errors',
    width: 62,
    max: 62,
    align: 'right',
    sortable: true,
    cell: ({ figures }) => <Value text={formatPercent(figures.errorRatio)} />,
  },
  {
    id: 'p95',
    title: 'p95',
    width: 66,
    max: 66,
    align: 'right',
    sortable: true,
    cell: ({ figures }) => <Value text={formatMs(figures.p95)} />,
  },
  {
    id: 'bytes',
    title: 'Bytes',
    width: 78,
    max: 78,
    yields: true,
    align: 'right',
    sortable: true,
    cell: ({ figures }) => <Value text={formatBytesRate(addKnown(figures.sentRate, figures.receivedRate))} />,
  },
  {
    id: 'refused',
    title: 'Decision',
    width: 118,
    max: 132,
    align: 'right',
    sortable: true,
    cell: (edge) => (
      <>
        <Decision edge={edge} />
        <PolicyWords decision={decided.get(edge.id)} />
      </>
    ),
  },
  {
    id: 'encryption',
    title: 'Encryption',
    width: 118,
    max: 170,
    align: 'right',
    cell: ({ encryption }) => {
      // A figure never parts from its unit.
      const words = shareWords(mainShares(encryption)).replaceAll(' %', '\u00a0%')
      const status = summaryStatus(encryption.summary)
      return status === 'unknown' ? (
        <span className="line-clamp-2 text-fg-3" title={words}>
          {words}
        </span>
      ) : status === 'warn' ? (
        <StatusMark status="warn" label={words} showLabel />
      ) : (
        <span className="line-clamp-2" title={words}>
          {words}
        </span>
      )
    },
  },
  {
    id: 'map',
    title: 'On the map',
    head: '',
    width: 48,
    max: 48,
    align: 'right',
    cell: ({ id, other }) => (
      <Link
        href={`/${kept}${kept ? '&' : '?'}sel=${encodeURIComponent(id)}`}
        className="inline-flex h-6 items-center text-xs text-accent hover:underline"
        aria-label={`The call with ${other.name} on the map`}
        onClick={(event) => event.stopPropagation()}
      >
        map
      </Link>
    ),
  },
]

function Name({ edge, kept, blame }: { edge: ServiceEdge; kept: string; blame: string }) {
  const { other, health, why, share, figures } = edge
  return (
    <div className="py-1.5" title={`${endpointLabel(other)}${why ? `\n${why}` : ''}`}>
      <div className="flex items-center gap-2">
        <StatusMark status={healthStatus[health]} label={why || health} />
        {hasPage(other) ? (
          <Link href={`${servicePath(other)}${kept}`} className="min-w-0 truncate hover:underline" tabIndex={-1}>
            {other.name}
          </Link>
        ) : (
          <span className="min-w-0 truncate">{other.name}</span>
        )}
        <span className="min-w-0 flex-1 shrink-[3] truncate text-xs text-fg-3">{other.namespace}</span>
        <span className="shrink-0 font-mono text-2xs text-fg-3">{portWords({ ...edge, merged: 1 })}</span>
      </div>
      <div className="flex items-center gap-2.5">
        <div className="min-w-0 flex-1">
          <Bar share={share ?? 0} tone={health === 'failing' && (figures.errorRatio ?? 0) > 0 ? 'bad' : 'plain'} />
        </div>
        {blame && <span className="shrink-0 text-2xs text-fg-2">{blame}</span>}
      </div>
      {share !== null && <span className="sr-only">{formatPercent(share)} of these</span>}
    </div>
  )
}

/** What happened to what was sent; quiet where all was allowed. */
function Decision({ edge }: { edge: ServiceEdge }) {
  const { verdicts } = edge.figures
  const total = verdictTotal(verdicts)
  for (const verdict of ['denied', 'error', 'audited'] as const) {
    const n = verdicts[verdict]
    if (!n) continue
    const word = verdict === 'error' ? 'failed' : verdict
    return <StatusMark status={verdictStatus[verdict]} label={`${word} ${formatPercent(n / total)}`} showLabel />
  }
  return verdicts.allowed ? <span className="text-fg-2">allowed</span> : <Value text={dash} />
}

/** What policies say of it, why on hover; marked where something else happened. */
function PolicyWords({ decision }: { decision: EdgeDecision | undefined }) {
  if (!decision) return null
  const [, words] = decisionWords(decision)
  const why = [...whySentences(decision), ...(decision.difference ? [decision.difference.text] : [])].join('\n')
  return (
    <span className="block truncate text-2xs text-fg-3" title={why}>
      {decision.difference ? <StatusMark status="warn" label="against the policies" showLabel /> : words}
    </span>
  )
}

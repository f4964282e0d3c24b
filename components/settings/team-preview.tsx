'use client'

import { useQuery } from '@tanstack/react-query'
import type { NamespacePair } from '@/core/access/settings-teams'
import { ruleText } from '@/core/access/rule-text'
import type { NamespaceRule } from '@/core/access/team'
import { formatCount, plural } from '../format'
import { Card } from '../service/card'
import { StatusMark } from '../status-mark'
import { Skeleton } from '../ui/skeleton'
import { matchesQuery, sightQuery } from './queries'

const pairText = ({ cluster, namespace }: NamespacePair): string => `${cluster}/${namespace}`

/** What the rules mean now, and how that differs from the team as it is saved. */
export function MatchesNow({ rules, team }: { rules: readonly NamespaceRule[]; team: string }) {
  const { data, error } = useQuery(matchesQuery(rules, team))
  if (error && !data) return <p role="alert">{error.message}</p>
  if (!data) return <Skeleton className="h-12" />
  const added = new Set(data.added.map(pairText))
  const changes = team !== ''
  return (
    <div className="flex flex-col gap-2">
      <output className="text-fg-2">
        {data.namespaces.length === 0 ? 'Nothing matches now.' : `${plural(data.namespaces.length, 'namespace')} now.`}
        {changes && data.added.length > 0 && ` ${data.added.length} newly seen.`}
        {changes && data.lost.length > 0 && ` ${data.lost.length} no longer seen.`}
      </output>
      <NotKnown names={data.unknownNames.map(ruleText)} clusters={data.unknownClusters} />
      {data.namespaces.length + data.lost.length > 0 && (
        <ul aria-label="Namespaces that match" className="flex max-h-56 flex-wrap gap-1.5 overflow-y-auto">
          {data.namespaces.map((pair) => (
            <Pair key={pairText(pair)} pair={pair} mark={changes && added.has(pairText(pair)) ? 'new' : null} />
          ))}
          {changes && data.lost.map((pair) => <Pair key={pairText(pair)} pair={pair} mark="lost" />)}
        </ul>
      )}
    </div>
  )
}

/** A mistyped name looks like one that is yet to come. */
function NotKnown({ names, clusters }: { names: readonly string[]; clusters: readonly string[] }) {
  const unknown = [
    {
      what: 'Not known yet',
      list: names,
      why: 'No cluster has such a namespace. Look whether it is written right; when it comes, it is the team’s.',
    },
    {
      what: 'Cluster not known',
      list: clusters,
      why: 'Nothing tells of such a cluster, so its rules match nothing now.',
    },
  ]
  return unknown.map(
    ({ what, list, why }) =>
      list.length > 0 && (
        <div key={what} className="flex gap-1.5">
          <StatusMark status="unknown" label={what} className="h-5 shrink-0" />
          <p className="min-w-0 flex-1 text-fg-2 wrap-anywhere">
            {what}: <span className="font-mono text-xs">{list.join(', ')}</span>. {why}
          </p>
        </div>
      ),
  )
}

const marks = {
  new: { status: 'audit', label: 'newly seen' },
  lost: { status: 'warn', label: 'no longer seen' },
} as const

const Pair = ({ pair, mark }: { pair: NamespacePair; mark: 'new' | 'lost' | null }) => (
  <li
    className={`inline-flex min-h-6 items-center gap-1.5 rounded-sm border px-1.5 font-mono text-xs wrap-anywhere ${mark === 'lost' ? 'border-line-strong text-fg-2 line-through' : 'border-line'}`}
  >
    {mark && <StatusMark status={marks[mark].status} label={marks[mark].label} />}
    {pairText(pair)}
  </li>
)

/** What members see of the last hour: counts, and what crosses the border. */
export function TeamSightCard({ rules }: { rules: readonly NamespaceRule[] }) {
  const { data, error } = useQuery(sightQuery(rules))
  return (
    <Card title="What its members see" figure={<span className="text-xs">of the last hour</span>}>
      {error && !data ? (
        <p role="alert">{error.message}</p>
      ) : !data ? (
        <Skeleton className="h-16" />
      ) : data.namespaces.length === 0 ? (
        <p className="text-fg-2">
          {rules.length === 0 ? 'Nothing: it has no namespaces yet.' : 'Nothing: no namespace that is known matches.'}
        </p>
      ) : (
        <>
          <dl className="grid grid-cols-2 gap-3 sm:grid-cols-5">
            {[
              ['Namespaces', data.namespaces.length],
              ['Workloads', data.namespaces.reduce((sum, { workloads }) => sum + workloads, 0)],
              ['Services', data.services],
              ['Edges', data.edges],
              ['Crossing', data.crossing],
            ].map(([term, count]) => (
              <div key={term}>
                <dt className="text-xs text-fg-3">{term}</dt>
                <dd className="text-lg font-semibold">{formatCount(Number(count))}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-2 text-fg-2">
            {data.crossing === 0
              ? 'No edge leads out of these namespaces.'
              : `${plural(data.crossing, 'edge')} to or from other namespaces: members see direction and figures, and “outside your scope” in place of the name.`}
          </p>
        </>
      )}
    </Card>
  )
}

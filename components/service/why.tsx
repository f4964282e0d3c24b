'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { markSentence } from '@/core/marks/mark-words'
import type { ServiceDetail } from '@/core/services/service-detail'
import { bound, formatDuration } from '../format'
import { marksQuery } from '../charts/queries'
import type { SelParams } from '../view-query'
import { whyQuery } from '../attention/queries'
import { servicePath } from '../service-path'
import { useKeptSearch } from '../shell/use-kept-search'
import { causeSentence, culpritOf, onsetOf, sinceWords } from './cause'

const opening = { failing: 'Failing', degraded: 'Degraded', healthy: 'Healthy', unknown: 'Health unknown' } as const

/** How it is, since when, where that begins and what was changed before it, as a few sentences. */
export function Why({ service, params }: { service: ServiceDetail; params: SelParams }) {
  return service.presence === 'idle' ? <Idle behind={service.behind} /> : <Because service={service} params={params} />
}

function Idle({ behind }: Pick<ServiceDetail, 'behind'>) {
  const kept = useKeptSearch()
  return (
    <p>
      No traffic was seen in this time range.
      {behind.length > 0 && ' What calls this Service is shown at the workload behind it: '}
      {behind.slice(0, 5).map((workload, at) => (
        <span key={workload.name}>
          {at > 0 && ', '}
          <Link href={`${servicePath(workload)}${kept}`} className="text-accent hover:underline">
            {workload.name}
          </Link>
        </span>
      ))}
      {behind.length > 0 && '.'}
    </p>
  )
}

function Because({ service, params }: { service: ServiceDetail; params: SelParams }) {
  const kept = useKeptSearch()
  const { health, why } = service
  const unwell = health === 'failing' || health === 'degraded'
  const { data: found, isPlaceholderData } = useQuery({ ...whyQuery(params), enabled: unwell })
  // One hop is said by the page's own figures; what is behind it takes the whole graph.
  const chain = unwell && !isPlaceholderData && found && found.hops.length > 1 ? found : null
  const cause = chain ? chain.sentence : causeSentence(service)
  const culprit = chain ? chain.hops.at(-1)?.to : culpritOf(service)?.edge.other
  const onset = onsetOf(service)
  return (
    <p>
      <b className="font-semibold text-fg">
        {opening[health]}
        {sinceWords(onset)}
      </b>
      {why ? `: ${bound(why)}. ` : '. '}
      {bound(cause)}
      {culprit && (
        <>
          {chain ? ' See ' : ' '}
          <Link
            href={`${servicePath(culprit)}${kept}`}
            className="font-mono text-xs text-fg underline decoration-line-strong hover:decoration-current"
          >
            {culprit.name}
          </Link>
          .
        </>
      )}
      {onset && !onset.atLeast && params.recording === undefined && <ChangesBefore at={onset.at} sel={params.sel} />}
    </p>
  )
}

const beforeMs = 20 * 60_000
/** Buckets are 10 s long and changes are learnt a little late. */
const slackMs = 30_000

/** What was changed shortly before a moment, the last first; that nothing was is said too. */
function ChangesBefore({ at, sel }: { at: number; sel: string }) {
  const { data } = useQuery(marksQuery({ from: at - beforeMs, to: at + slackMs, sel }))
  if (!data) return null
  const last = data.marks.at(-1)
  if (!last) return <> No deploy, policy or node change within 20 minutes before it.</>
  const distance = Math.max(0, at - last.at)
  return (
    <>
      {' '}
      {distance < 60_000 ? 'Just before it' : `${formatDuration(distance)} before it`}: {markSentence(last)}
      {data.total > 1 && `, and ${data.total - 1} more ${data.total === 2 ? 'change' : 'changes'}`}.
    </>
  )
}

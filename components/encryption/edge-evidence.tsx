'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type EncryptionUnit, encryptionUnits } from '@/core/encryption/classes'
import type { EdgeProof } from '@/core/encryption/edge-proof'
import { Fact, Section } from '../map/panel/panel-parts'
import { ErrorState } from '../shell/error-state'
import { useKeptSearch } from '../shell/use-kept-search'
import { buttonClass } from '../ui/button'
import { Skeleton } from '../ui/skeleton'
import { useViewParams } from '../url-state'
import { configuredText } from './configured-text'
import { EndPods } from './end-pods'
import { expectedText } from './layer-words'
import { LayersOfEdge } from './layers-of-edge'
import { MendMenu } from './mend-menu'
import { edgeName } from './parts'
import { encryptionEdgeQuery } from './queries'
import { ToldRows } from './told-rows'
import { UnitSection } from './unit-section'

/** On what is said of one edge: each unit by class, each layer with its witness, where the pods were, and every source's own words. */
export function EdgeEvidence({ sel, unit }: { sel: string; unit: EncryptionUnit }) {
  const { q: _q, cluster: _cluster, ...params } = useViewParams()
  const { data, error, refetch } = useQuery(encryptionEdgeQuery({ ...params, sel }))
  const kept = useKeptSearch()
  if (!data) {
    if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
    return (
      <div className="flex flex-col gap-3 py-4">
        <Skeleton className="h-6 w-2/3" />
        <Skeleton className="h-40" />
        <Skeleton className="h-40" />
      </div>
    )
  }
  const link = (path: string, more: string) =>
    `${path}${kept}${kept ? '&' : '?'}${more}sel=${encodeURIComponent(data.id)}`
  const units = [unit, ...encryptionUnits.filter((each) => each !== unit)].flatMap((each) => data.units[each] ?? [])
  if (units.length === 0 && data.units.flows) units.push(data.units.flows)
  const shown = units[0]
  return (
    <>
      <h3 className="pt-3 font-mono text-sm font-semibold wrap-anywhere">{edgeName(data)}</h3>
      <Why data={data} />
      {shown && <LayersOfEdge evidence={shown} />}
      <Fact name="Configured">{configuredText(data.configured) || 'no policy of Istio is about it'}</Fact>
      {units.map((evidence) => (
        <UnitSection key={evidence.unit} evidence={evidence} />
      ))}
      <Section title="Where its pods were">
        <EndPods end="Caller" pods={data.caller} />
        <EndPods end="Callee" pods={data.callee} />
        {data.expectedWay && (
          <p className="mt-1 text-xs text-fg-3">
            Were every pair of pods equally likely: {expectedText(data.expectedWay)}. An estimate; no figure uses it.
          </p>
        )}
      </Section>
      <Section title="What each source told">
        <ToldRows rows={data.told} now={data.window.to} />
      </Section>
      <div className="flex gap-2 pt-2">
        <Link href={link('/flows', '')} className={buttonClass('primary')}>
          Flows
        </Link>
        <Link href={link('/', 'lens=encryption&')} className={buttonClass()}>
          On the map
        </Link>
      </div>
    </>
  )
}

function Why({ data: { whyPlaintext, whyUnknown, mend, ...edge } }: { data: EdgeProof }) {
  if (!whyPlaintext && !whyUnknown) return null
  return (
    <div className="my-2 flex flex-col gap-1 rounded-md border border-line px-2.5 py-2">
      {whyPlaintext && <p>In plaintext, because {whyPlaintext}.</p>}
      {whyUnknown && <p className="text-fg-2">Not known in part: {whyUnknown}.</p>}
      {mend && (
        <div className="pt-1">
          <MendMenu mend={mend} of={edgeName(edge)} />
        </div>
      )}
    </div>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { markWords } from '@/core/marks/mark-words'
import type { ServiceDetail, ServiceEdge } from '@/core/services/service-detail'
import { ServiceFindings } from '../attention/service-findings'
import { witnessWords } from '../map/panel/witness-words'
import { CodesPanel } from '../operations/codes-panel'
import { DnsPanel } from '../operations/dns-panel'
import { OperationsTable } from '../operations/operations-table'
import { marksQuery } from '../charts/queries'
import { useDecision } from '../policies/use-decision'
import { podsQuery } from './queries'
import type { SelParams } from '../view-query'
import { useTimeRange } from '../url-state'
import { ailmentOf, blameWords } from './cause'
import { EdgeTable } from './edge-table'
import { HeatCard } from './heat-card'
import { PodsCard } from './pods-card'
import { PoliciesCard } from './policies-card'
import { RedCards } from './red-cards'
import { RefusalsCard } from './refusals-card'
import { ServiceChips } from './service-chips'
import { ServiceHead } from './service-head'
import { SidesCard } from './sides-card'
import { TcpCard } from './tcp-card'
import { TimeCard } from './time-card'
import { TracesCard } from './traces-card'
import { useServiceState } from './use-service-state'
import { Why } from './why'

const noBlame = () => ''

/** The page of a service that exists, from the sentence that explains it to its parts. */
export function ServiceBody({ service, params }: { service: ServiceDetail; params: SelParams }) {
  const { setWindow } = useTimeRange()
  const { callers, callees, setState } = useServiceState()
  const { data: pods } = useQuery(podsQuery(params))
  const { data: changes } = useQuery(marksQuery(params))
  const { data: decisions } = useDecision(params)
  const decided = useMemo(() => new Map((decisions?.edges ?? []).map((edge) => [edge.id, edge])), [decisions])
  const marks = useMemo(
    () => (changes?.marks ?? []).map((mark) => ({ at: mark.at, words: markWords(mark) })),
    [changes],
  )
  const select = useCallback((window: { from: number; to: number }) => void setWindow(window), [setWindow])
  const ailment = ailmentOf(service)
  const blame = useCallback((edge: ServiceEdge) => blameWords(edge, ailment), [ailment])
  const speaks = service.incoming !== null && service.incoming.p95 !== null
  const charts = { service, marks, onSelect: select }
  return (
    <div className="flex flex-col gap-3.5 px-5 pt-3 pb-8">
      <ServiceHead service={service} chips={<ServiceChips service={service} pods={pods} />}>
        <Why service={service} params={params} />
      </ServiceHead>
      <ServiceFindings sel={service.id} />
      <div className="grid grid-cols-1 gap-3.5 lg:grid-cols-3">
        <RedCards {...charts} />
        {speaks && <HeatCard params={params} by={measuredBy(service)} marks={marks} onSelect={select} />}
        {speaks && <TimeCard service={service} />}
        <div className="flex min-w-0 flex-col gap-3.5 lg:col-span-3 xl:col-span-2">
          <div className="overflow-hidden rounded-md border border-line bg-panel">
            <EdgeTable
              title="Calls it"
              edges={service.callers}
              total={service.total.callers}
              sort={callers}
              onSort={(next) => void setState({ callers: next })}
              blame={noBlame}
              decided={decided}
              none="nobody in this time range."
            />
            <EdgeTable
              title="It calls"
              edges={service.callees}
              total={service.total.callees}
              sort={callees}
              onSort={(next) => void setState({ callees: next })}
              blame={blame}
              decided={decided}
              none="nobody in this time range."
            />
          </div>
          {answersDns(service) && <DnsPanel sel={service.id} dir="in" />}
          {pods && <PodsCard data={pods} />}
        </div>
        <div className="flex min-w-0 flex-col gap-3.5 lg:max-xl:col-span-3">
          <OperationsTable sel={service.id} dir={service.seriesOf === 'incoming' ? 'in' : 'out'} limit={6} />
          <CodesPanel sel={service.id} dir={service.seriesOf === 'incoming' ? 'in' : 'out'} />
          <RefusalsCard service={service} />
          {speaks && <SidesCard {...charts} />}
          <TracesCard params={params} />
          <TcpCard service={service} />
          {pods && <PoliciesCard data={pods} service={service} decisions={decisions} />}
          {service.outgoing && <DnsPanel sel={service.id} />}
        </div>
      </div>
    </div>
  )
}

/** Whether it is a DNS server: somebody asks it for names. */
const answersDns = ({ callers }: ServiceDetail) => callers.some(({ l7 }) => l7 === 'dns')

/** Who measured the latency of most of what comes in: `Istio metrics, destination`. */
function measuredBy({ callers }: ServiceDetail): string {
  const strongest = callers.toSorted((a, b) => (b.figures.responses ?? 0) - (a.figures.responses ?? 0))[0]
  if (!strongest?.told.responses) return ''
  const { source, side } = witnessWords(strongest.told.responses)
  return [source, side].filter(Boolean).join(', ')
}

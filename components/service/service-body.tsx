'use client'

import { useCallback } from 'react'
import type { ServiceDetail } from '@/core/service-detail'
import { witnessWords } from '../map/witness-words'
import type { SelParams } from '../queries'
import { useTimeRange } from '../url-state'
import { EdgeTable } from './edge-table'
import { HeatCard } from './heat-card'
import { RedCards } from './red-cards'
import { ServiceHead } from './service-head'
import { TimeCard } from './time-card'
import { useServiceState } from './use-service-state'
import { Why } from './why'

/** The page of a service that exists, from the sentence that explains it to its parts. */
export function ServiceBody({ service, params }: { service: ServiceDetail; params: SelParams }) {
  const { setWindow } = useTimeRange()
  const { callers, callees, setState } = useServiceState()
  const select = useCallback((window: { from: number; to: number }) => void setWindow(window), [setWindow])
  const blame = useCallback(() => '', [])
  const speaks = service.incoming?.p95 !== null && service.incoming !== null
  return (
    <div className="flex flex-col gap-3.5 px-5 pt-3 pb-8">
      <ServiceHead service={service}>
        <Why service={service} />
      </ServiceHead>
      <div className="grid grid-cols-1 gap-3.5 lg:grid-cols-3">
        <RedCards service={service} marks={[]} onSelect={select} />
        {speaks && <HeatCard params={params} by={measuredBy(service)} marks={[]} onSelect={select} />}
        {speaks && <TimeCard service={service} />}
        <div className="min-w-0 overflow-hidden rounded-md border border-line bg-panel lg:col-span-3 xl:col-span-2">
          <EdgeTable
            title="Calls it"
            edges={service.callers}
            total={service.total.callers}
            sort={callers}
            onSort={(next) => void setState({ callers: next })}
            blame={blame}
            none="nobody in this time range."
          />
          <EdgeTable
            title="It calls"
            edges={service.callees}
            total={service.total.callees}
            sort={callees}
            onSort={(next) => void setState({ callees: next })}
            blame={blame}
            none="nobody in this time range."
          />
        </div>
      </div>
    </div>
  )
}

/** Who measured the latency of most of what comes in: `Istio metrics, destination`. */
function measuredBy({ callers }: ServiceDetail): string {
  const strongest = callers.toSorted((a, b) => (b.figures.responses ?? 0) - (a.figures.responses ?? 0))[0]
  if (!strongest?.told.responses) return ''
  const { source, side } = witnessWords(strongest.told.responses)
  return [source, side].filter(Boolean).join(', ')
}

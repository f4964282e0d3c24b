'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useMemo } from 'react'
import { endpointKey, endpointLabel, type Endpoint } from '@/core/endpoint'
import type { ServiceDetail } from '@/core/services/service-detail'
import { CompareMenu } from '../compare/compare-menu'
import { serviceQuery } from './queries'
import { ConsolePage } from '../shell/console-page'
import { ErrorState } from '../shell/error-state'
import { useKeptSearch } from '../shell/use-kept-search'
import { buttonClass } from '../ui/button'
import { useVersus } from '../url-state'
import { useStale, withoutHealth } from '../use-stale'
import { NoService } from './no-service'
import { ServiceBody } from './service-body'
import { ServiceSkeleton } from './service-skeleton'
import { useServiceParams } from './use-service-state'

/** What happened to this one, and who is to blame? */
export function ServicePage({ self }: { self: Endpoint }) {
  const { params } = useServiceParams(endpointKey(self))
  const [versus] = useVersus()
  const vs = versus === null ? undefined : String(versus)
  const { data, error, isError, dataUpdatedAt, refetch, isPlaceholderData } = useQuery(serviceQuery({ ...params, vs }))
  const stale = useStale(isError, dataUpdatedAt)
  // What is kept while another is fetched may be another service.
  const known = data?.id === params.sel ? data : undefined
  const service = useMemo(() => (known && stale ? staleService(known) : known), [known, stale])
  return (
    <ConsolePage
      title={endpointLabel(self)}
      asOf={service ? service.window.to : null}
      gaps={service?.gaps}
      actions={<Actions id={params.sel} />}
    >
      <div
        aria-busy={isPlaceholderData}
        className={`min-h-0 flex-1 overflow-y-auto ${isPlaceholderData && service ? 'opacity-60' : ''}`}
      >
        {error && !service ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !service ? (
          <ServiceSkeleton self={self} />
        ) : service.presence === 'absent' ? (
          <NoService self={self} />
        ) : (
          <ServiceBody service={service} params={params} />
        )}
      </div>
    </ConsolePage>
  )
}

const staleService = (service: ServiceDetail): ServiceDetail => ({
  ...withoutHealth(service),
  callers: service.callers.map(withoutHealth),
  callees: service.callees.map(withoutHealth),
})

function Actions({ id }: { id: string }) {
  const kept = useKeptSearch()
  const sel = `${kept}${kept ? '&' : '?'}sel=${encodeURIComponent(id)}`
  return (
    <>
      <CompareMenu />
      <Link href={`/${sel}`} className={buttonClass()}>
        On the map
      </Link>
      <Link href={`/flows${sel}`} className={buttonClass()}>
        Flows
      </Link>
    </>
  )
}

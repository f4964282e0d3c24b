'use client'

import Link from 'next/link'
import { placeWord } from '../format'
import type { ReactNode } from 'react'
import type { ServiceDetail } from '@/core/services/service-detail'
import { useKeptSearch } from '../shell/use-kept-search'
import { healthStatus, StatusMark } from '../status-mark'
import { ToolLinks } from './tool-links'

/** Who it is, how it is, and the sentence that explains it. */
export function ServiceHead({
  service,
  chips,
  children,
}: {
  service: ServiceDetail
  chips: ReactNode
  children: ReactNode
}) {
  const kept = useKeptSearch()
  const { cluster, namespace, kind, name, health } = service
  const inNamespace = `/services${kept}${kept ? '&' : '?'}q=${encodeURIComponent(`ns:${namespace}`)}`
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
      <div className="min-w-0">
        <p className="font-mono text-xs text-fg-2">
          {cluster && <span className="text-fg-3">{cluster} / </span>}
          {namespace ? (
            <Link href={inNamespace} className="hover:text-fg hover:underline">
              {namespace}
            </Link>
          ) : (
            placeWord(service)
          )}{' '}
          / {kind}
        </p>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <StatusMark status={healthStatus[health]} label={health} />
          <p className="min-w-0 text-2xl font-semibold tracking-tight wrap-anywhere">{name}</p>
          {chips}
          <ToolLinks links={service.links} />
        </div>
      </div>
      <div className="max-w-xl text-fg-2 min-[1360px]:flex-1 min-[1360px]:basis-96 min-[1360px]:text-right">
        {children}
      </div>
    </div>
  )
}

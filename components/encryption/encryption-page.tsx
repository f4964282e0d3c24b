'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { ConsolePage } from '../shell/console-page'
import { ErrorState } from '../shell/error-state'
import { useKeptSearch } from '../shell/use-kept-search'
import { buttonClass } from '../ui/button'
import { useFrozenToken, useRecording, useViewParams } from '../url-state'
import { useStale } from '../use-stale'
import { AcceptDialog } from './accept-dialog'
import { edgeFilter } from './edge-filter'
import { EncryptionBody } from './encryption-body'
import { EncryptionSkeleton } from './encryption-skeleton'
import { EvidencePanel } from './evidence-panel'
import { NoEncryption } from './no-encryption'
import { encryptionQuery } from './queries'
import { UnitSwitch } from './unit-switch'
import { useEncryptionState } from './use-encryption-state'

/** How much of our traffic is encrypted, with what, and what is not? */
export function EncryptionPage() {
  const params = useViewParams()
  const state = useEncryptionState()
  const query = useQuery(encryptionQuery({ ...params, unit: state.unit }))
  const { data, error, refetch, dataUpdatedAt, isPlaceholderData } = query
  const stale = useStale(query.isError, dataUpdatedAt)
  const frozen = useFrozenToken() !== null
  const [recording] = useRecording()
  const canChange = !frozen && recording === null
  const [accepting, setAccepting] = useState<string | null>(null)
  const kept = useKeptSearch()
  return (
    <ConsolePage
      title="Encryption"
      placeholder="find or filter, e.g. ns:catalog encrypted:no"
      asOf={data?.window.to ?? null}
      gaps={data?.gaps}
      actions={
        <>
          <UnitSwitch state={state} />
          <Link href={`/encryption/report${kept}${kept ? '&' : '?'}unit=${state.unit}`} className={buttonClass()}>
            Report
          </Link>
        </>
      }
    >
      <div className="relative flex min-h-0 flex-1 flex-col">
        <div className="min-h-0 flex-1 overflow-auto">
          {error && !data ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <EncryptionSkeleton />
          ) : data.edges.counted === 0 ? (
            <NoEncryption data={data} state={state} />
          ) : (
            <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : ''}>
              <EncryptionBody
                data={data}
                state={state}
                staleSince={stale ? data.window.to : null}
                canChange={canChange}
                onAccept={(edge) => setAccepting(edge ? edgeFilter(edge) : '')}
              />
            </div>
          )}
        </div>
        <EvidencePanel state={state} />
      </div>
      {accepting !== null && <AcceptDialog filter={accepting} onClose={() => setAccepting(null)} />}
    </ConsolePage>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { ConsolePage } from '../../shell/console-page'
import { ErrorState } from '../../shell/error-state'
import { useKeptSearch } from '../../shell/use-kept-search'
import { Button, buttonClass } from '../../ui/button'
import { SkeletonRows } from '../../ui/skeleton'
import { useViewParams } from '../../url-state'
import { NoEncryption } from '../no-encryption'
import { encryptionQuery, encryptionReadinessQuery, encryptionTrendQuery, exceptionsQuery } from '../queries'
import { UnitSwitch } from '../unit-switch'
import { useEncryptionState } from '../use-encryption-state'
import { DownloadButtons } from './download-buttons'
import { Report, type ReportProps } from './report'

/** The evidence of a period on paper: what was encrypted, what was not, who accepts it, and how it was measured. */
export function ReportPage() {
  const params = useViewParams()
  const state = useEncryptionState()
  const asked = { ...params, unit: state.unit }
  const { data, error, refetch } = useQuery(encryptionQuery(asked))
  const { data: trend } = useQuery(encryptionTrendQuery(asked))
  const { data: exceptions } = useQuery(exceptionsQuery())
  const { data: readiness } = useQuery(encryptionReadinessQuery(params))
  const kept = useKeptSearch()
  const report = (page: EncryptionPage): ReportProps => ({
    data: page,
    trend: trend ?? null,
    exceptions: exceptions ?? [],
    readiness: readiness ?? null,
  })
  const ready = data && data.edges.counted > 0
  return (
    <ConsolePage
      title="Encryption report"
      placeholder="find or filter, e.g. ns:catalog"
      asOf={data?.window.to ?? null}
      gaps={data?.gaps}
      actions={<UnitSwitch state={state} />}
    >
      <div className="min-h-0 flex-1 overflow-auto bg-canvas">
        <div className="mx-auto flex max-w-[860px] flex-wrap items-center gap-2 px-6 pt-4 print:hidden">
          <Link href={`/encryption${kept}${kept ? '&' : '?'}unit=${state.unit}`} className={buttonClass()}>
            Back to the page
          </Link>
          <span className="flex-1" />
          {ready && <DownloadButtons {...report(data)} />}
          {ready && (
            <Button variant="primary" onClick={() => print()}>
              Print or save as PDF
            </Button>
          )}
        </div>
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <SkeletonRows rows={18} label="Loading the report" />
        ) : !ready ? (
          <NoEncryption data={data} state={state} />
        ) : (
          <Report {...report(data)} />
        )}
      </div>
    </ConsolePage>
  )
}

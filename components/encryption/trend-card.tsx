'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { EncryptionTrend } from '@/core/encryption/build-trend'
import { marksQuery } from '../charts/queries'
import { Card } from '../service/card'
import { ErrorState } from '../shell/error-state'
import { Skeleton } from '../ui/skeleton'
import { useTimeRange, useViewParams } from '../url-state'
import { coverageText } from './coverage-text'
import { encryptionTrendQuery } from './queries'
import { TrendChart } from './trend-chart'
import type { EncryptionState } from './use-encryption-state'

const height = 148

/** Whether coverage grows, with what was changed. */
export function TrendCard({ state: { unit } }: { state: EncryptionState }) {
  const params = useViewParams()
  const { setWindow } = useTimeRange()
  const { data, error, refetch } = useQuery(encryptionTrendQuery({ ...params, unit }))
  const { data: marks } = useQuery(marksQuery({ ...params, sel: undefined }))
  const shown = useMemo(
    () => marks?.marks.filter(({ kind }) => kind === 'deploy' || kind === 'policy' || kind === 'node') ?? [],
    [marks],
  )
  return (
    <Card
      title="Over time"
      figure={<span className="text-xs">band = between least and most</span>}
      className="flex flex-col"
    >
      {data ? (
        <>
          <TrendChart trend={data} marks={shown} height={height} onSelect={(window) => void setWindow(window)} />
          <p className="mt-auto pt-2 text-xs text-fg-3">{changeWords(data)}</p>
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <div style={{ height: height + 44 }}>
          <Skeleton className="h-full" />
        </div>
      )}
    </Card>
  )
}

/** How the first known step differs from the last. */
export function changeWords({ coverage }: Pick<EncryptionTrend, 'coverage'>): string {
  const known = coverage.filter((each) => each !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return 'Nothing went between nodes in this time.'
  if (known.length < 2) return 'Too short a time for a trend.'
  if (last.least > first.most)
    return `It grew from ${coverageText(first)} in the first step to ${coverageText(last)} in the last.`
  if (last.most < first.least)
    return `It fell from ${coverageText(first)} in the first step to ${coverageText(last)} in the last.`
  return 'First and last step are within each other’s bounds. Where pods were is taken from the whole time.'
}

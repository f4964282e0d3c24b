'use client'

import { type Query, useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { ServiceCharts } from '@/core/services/service-charts'
import { frozenInAddress } from '../api'
import type { ViewParams } from '../view-query'
import { chartBlocks, type Sight } from './chart-blocks'
import { serviceChartsQuery } from './queries'
import type { Line } from './sort-services'

export type Charts = ReadonlyMap<string, ServiceCharts>

/**
 * The small charts of the services in sight, by id. What is known of a row stays until the range is another one, so that
 * rows that change places do not blink. `onSight`: for the table. `failed`: some of those in sight could not be loaded.
 */
export function useServiceCharts(lines: readonly Line[], params: ViewParams, wanted: boolean) {
  const [sight, setSight] = useState<Sight>({ first: 0, last: 31 })
  const onSight = useCallback(
    (first: number, last: number) =>
      setSight((known) => (known.first === first && known.last === last ? known : { first, last })),
    [],
  )
  const blocks = wanted && frozenInAddress() === null ? chartBlocks(lines, sight) : []
  const queries = blocks.map((ids) => serviceChartsQuery(params, ids))
  const { answers, failed } = useQueries({ queries, combine: together })
  const client = useQueryClient()
  const retry = useCallback(
    () => void client.refetchQueries({ queryKey: ['services/charts'], type: 'active', predicate: isFailed }),
    [client],
  )
  const range = JSON.stringify([params.last, params.from, params.to, params.recording])
  const [kept, setKept] = useState<Kept>({ range, answers: [], charts: new Map() })
  if (kept.range !== range || kept.answers !== answers) setKept(withAnswers(kept, range, answers))
  return { charts: kept.charts, onSight, failed, retry }
}

type Kept = { readonly range: string; readonly answers: readonly ServiceCharts[]; readonly charts: Charts }

const withAnswers = (kept: Kept, range: string, answers: readonly ServiceCharts[]): Kept => ({
  range,
  answers,
  charts: new Map([...(kept.range === range ? kept.charts : []), ...answers.map((each) => [each.id, each] as const)]),
})

const isFailed = ({ state }: Query) => state.status === 'error'

type Asked = { readonly data?: readonly ServiceCharts[] | undefined; readonly isError: boolean }

/** All answers as one, the same array while none changes. A block that could only not be refreshed keeps what it had. */
export const together = (results: readonly Asked[]) => ({
  answers: results.flatMap(({ data }) => data ?? []),
  failed: results.some(({ data, isError }) => isError && data === undefined),
})

'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { sourcesQuery } from '../sources/queries'
import { useRecording, useViewParams } from '../url-state'
import { policiesQuery, policyUsageQuery } from './queries'
import { shownPage, usageMs } from './shown-page'

/** The policies of the chosen cluster and time, with how long each has been idle. */
export function usePolicies() {
  const { q: _q, ...params } = useViewParams()
  const [recording] = useRecording()
  const query = useQuery({ ...policiesQuery(params), enabled: recording === null })
  const { data } = query
  const isLong = data !== undefined && data.period.to - data.period.from >= usageMs
  const { data: long } = useQuery({
    ...policyUsageQuery({ last: '14d', cluster: data?.cluster }),
    enabled: data !== undefined && data.cluster !== '' && !isLong,
  })
  const { data: sources } = useQuery(sourcesQuery())
  const since = useMemo(() => {
    const first = (sources?.sources ?? []).flatMap(({ type, firstEventAt }) =>
      type === 'kubernetes' || firstEventAt === null ? [] : [firstEventAt],
    )
    return first.length > 0 ? Math.min(...first) : null
  }, [sources])
  const page = useMemo(() => data && shownPage(data, isLong ? data : long, since), [data, isLong, long, since])
  return { ...query, page }
}

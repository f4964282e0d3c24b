import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { SourcesAnswer } from '@/core/sources/source-row'
import { getJson } from '../api'

export const sourcesQuery = () =>
  queryOptions({
    queryKey: ['sources'],
    queryFn: ({ signal }) => getJson<SourcesAnswer>('sources', {}, signal),
    placeholderData: keepPreviousData,
    meta: { live: true },
  })

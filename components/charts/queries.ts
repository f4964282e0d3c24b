import type { Marks } from '@/core/marks/mark'
import type { Series } from '@/core/series/series'
import { type ViewParams, viewQuery } from '../view-query'

/** `sel`: a node or edge id; without it, the series of everything. */
export type SeriesParams = ViewParams & { readonly sel?: string }

export const seriesQuery = (params: SeriesParams) => viewQuery<Series>('series', params)

/** Deploys and other changes for time axes; with `sel` those that may have to do with that node or edge. */
export const marksQuery = (params: SeriesParams) => viewQuery<Marks>('marks', params)

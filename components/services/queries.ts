import type { ServiceCharts } from '@/core/services/service-charts'
import type { ServiceRow } from '@/core/services/service-row'
import { frozenInAddress } from '../api'
import { type ViewParams, viewQuery } from '../view-query'

/**
 * `gone`: also those that were there in the window `vs` and are not now. The small charts are empty, for
 * serviceChartsQuery to ask for those in sight; a frozen link keeps them all in the list (share/questions.ts).
 */
export const servicesQuery = (params: ViewParams & { readonly vs?: string; readonly gone?: '1' }) =>
  viewQuery<readonly ServiceRow[]>('services', frozenInAddress() === null ? { ...params, charts: '0' } : params)

/** The small charts of some rows, by their ids. */
export const serviceChartsQuery = ({ q: _q, cluster: _cluster, ...params }: ViewParams, ids: readonly string[]) =>
  viewQuery<readonly ServiceCharts[]>('services/charts', { ...params, ids })

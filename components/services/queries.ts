import type { ServiceRow } from '@/core/service-row'
import { type ViewParams, viewQuery } from '../view-query'

/** `gone`: also those that were there in the window `vs` and are not now. */
export const servicesQuery = (params: ViewParams & { readonly vs?: string; readonly gone?: '1' }) =>
  viewQuery<readonly ServiceRow[]>('services', params)

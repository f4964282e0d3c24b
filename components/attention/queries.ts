import type { Attention } from '@/core/health/attention'
import type { Why } from '@/core/health/why'
import { type SelParams, type ViewParams, viewQuery } from '../view-query'

/** What needs attention, worst first. */
export const findingsQuery = (params: Omit<ViewParams, 'q'>) => viewQuery<Attention>('findings', params)

/** Where the trouble of a node or edge begins, and since when. */
export const whyQuery = (params: SelParams) => viewQuery<Why>('why', params)

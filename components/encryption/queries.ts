import { queryOptions } from '@tanstack/react-query'
import type { EncryptionTrend } from '@/core/encryption/build-trend'
import type { EncryptionClass, EncryptionUnit } from '@/core/encryption/classes'
import type { EdgeProof } from '@/core/encryption/edge-proof'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import type { EncryptionException } from '@/core/encryption/exception'
import type { FigureEvidence } from '@/core/encryption/figure-evidence'
import type { EncryptionReadiness } from '@/core/encryption/readiness'
import { getJson } from '../api'
import { live, type SelParams, type ViewParams, viewQuery } from '../view-query'

export type UnitParams = ViewParams & { readonly unit: EncryptionUnit }
/** `of`: core/encryption/figure-of.ts. */
export type FigureParams = UnitParams & { readonly of: string; readonly class?: EncryptionClass }

/** How much is encrypted, and what is not. */
export const encryptionQuery = (params: UnitParams) => viewQuery<EncryptionPage>('encryption', params)

/** Coverage over time. */
export const encryptionTrendQuery = (params: UnitParams) =>
  viewQuery<EncryptionTrend>('encryption/trend', params, 'encryption-trend')

/** Which namespaces could refuse plaintext. */
export const encryptionReadinessQuery = (params: ViewParams) =>
  viewQuery<EncryptionReadiness>('encryption/readiness', params, 'encryption-readiness')

/** On what a figure rests. */
export const encryptionFigureQuery = (params: FigureParams) =>
  queryOptions({
    queryKey: ['encryption-figure', params],
    queryFn: ({ signal }) => getJson<FigureEvidence>('encryption/figure', params, signal),
    meta: live(params),
  })

/** On what one edge rests. */
export const encryptionEdgeQuery = (params: SelParams) =>
  queryOptions({
    queryKey: ['encryption-edge', params],
    queryFn: ({ signal }) => getJson<EdgeProof>('encryption/edge', params, signal),
    meta: live(params),
  })

/** Plaintext that is accepted; expired ones too. */
export const exceptionsQuery = () =>
  queryOptions({
    queryKey: ['encryption-exceptions'],
    queryFn: ({ signal }) => getJson<readonly EncryptionException[]>('encryption/exceptions', {}, signal),
    staleTime: 0,
  })

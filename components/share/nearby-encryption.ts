import type { QueryClient } from '@tanstack/react-query'
import { encryptionClasses, encryptionUnits } from '@/core/encryption/classes'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { figureOfText } from '@/core/encryption/figure-of'
import type { EncryptionReadiness } from '@/core/encryption/readiness'
import {
  encryptionEdgeQuery,
  encryptionFigureQuery,
  encryptionQuery,
  encryptionReadinessQuery,
  encryptionTrendQuery,
  exceptionsQuery,
  type UnitParams,
} from '../encryption/queries'
import type { ViewParams } from '../view-query'

/** Evidence of edges and of namespaces that a frozen view can open, of each. */
const maxEvidence = 20

/** The encryption page over the same time: usual unit, trend, exceptions. */
export const encryptionPages = (params: ViewParams) => [
  encryptionQuery({ ...params, unit: 'bytes' }),
  encryptionTrendQuery({ ...params, unit: 'bytes' }),
  encryptionReadinessQuery(params),
  exceptionsQuery(),
]

/** Where the encryption page is shown: its other units, and the evidence of its figures and of its first edges. */
export function encryptionEvidence(client: QueryClient, params: ViewParams) {
  const [shown] = client.getQueriesData<EncryptionPage>({ queryKey: ['encryption'], type: 'active' })
  const data = shown?.[1]
  if (!data) return []
  const [ready] = client.getQueriesData<EncryptionReadiness>({ queryKey: ['encryption-readiness'], type: 'active' })
  const { q: _q, cluster: _cluster, ...time } = params
  const asked: UnitParams = { ...params, unit: data.unit }
  const figure = (of: string) => encryptionFigureQuery({ ...asked, of })
  return [
    ...encryptionUnits.flatMap((unit) => [
      encryptionQuery({ ...params, unit }),
      encryptionTrendQuery({ ...params, unit }),
    ]),
    figure('all'),
    ...encryptionClasses
      .filter((each) => data.amounts[each] > 0)
      .map((each) => encryptionFigureQuery({ ...asked, of: 'all', class: each })),
    ...(ready?.[1]?.rows ?? []).map(({ cluster, namespace }) =>
      encryptionFigureQuery({
        ...asked,
        of: figureOfText({ type: 'group', id: `${cluster}/${namespace}` }),
        class: 'plaintext',
      }),
    ),
    ...data.clusters.map(({ id }) => figure(figureOfText({ type: 'cluster', id }))),
    ...data.teams.slice(0, maxEvidence).map(({ id }) => figure(figureOfText({ type: 'team', id }))),
    ...data.plaintext.slice(0, maxEvidence).map(({ id }) => encryptionEdgeQuery({ ...time, sel: id })),
    ...data.groups.slice(0, maxEvidence).map(({ id }) => figure(figureOfText({ type: 'group', id }))),
    ...data.unknown.slice(0, maxEvidence).map(({ id }) => encryptionEdgeQuery({ ...time, sel: id })),
    ...data.matrix.slice(0, maxEvidence).map(({ from, to }) => figure(figureOfText({ type: 'pair', from, to }))),
  ]
}

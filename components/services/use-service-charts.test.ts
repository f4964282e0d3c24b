import { expect, test } from 'vitest'
import type { ServiceCharts } from '@/core/services/service-charts'
import { together } from './use-service-charts'

const web: ServiceCharts = { id: 'web', requestSpark: [1], errorSpark: [], p95Spark: [] }

test.each([
  ['nothing asked', [], [], false],
  ['all are there', [{ data: [web], isError: false }], [web], false],
  ['one is still loading', [{ data: [web], isError: false }, { isError: false }], [web], false],
  ['one of two failed', [{ data: [web], isError: false }, { isError: true }], [web], true],
  ['a refresh failed', [{ data: [web], isError: true }], [web], false],
] as const)('%s', (_, results, answers, failed) => expect(together(results)).toEqual({ answers, failed }))

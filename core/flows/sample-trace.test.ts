import { describe, expect, it } from 'vitest'
import { isFailure, worthLooking } from './sample-trace'

const row = (
  latencyMs: number | null,
  status: number | null = 200,
  l7: 'http' | 'grpc' | 'dns' = 'http',
  reason = '',
) => ({
  latencyMs,
  status,
  l7,
  reason,
})

describe('a record worth looking at', () => {
  it.each([
    ['HTTP 503', row(1, 503), true],
    ['HTTP 404', row(1, 404), false],
    ['gRPC UNAVAILABLE', row(1, 14, 'grpc'), true],
    ['gRPC NOT_FOUND', row(1, 5, 'grpc'), false],
    ['DNS SERVFAIL', row(1, 2, 'dns'), true],
    ['no status but a reason', row(1, null, 'http', 'UF'), true],
    ['no status', row(1, null), false],
  ])('%s', (_, record, failed) => expect(isFailure(record)).toBe(failed))

  it('failed, or took long', () => {
    const rows = [row(900), row(3, 500), row(20, 500), row(40), row(null, 500)]
    expect(worthLooking(rows, 3).map(({ latencyMs }) => latencyMs)).toEqual([20, 3, 900])
  })
})

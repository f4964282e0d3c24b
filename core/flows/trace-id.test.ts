import { describe, expect, it } from 'vitest'
import { traceIdOf } from './trace-id'

const id = '56e1456fd9714ef3229e98e6169129f2'

describe('the trace of a record', () => {
  it.each([
    ['a span', { span_id: 'a1929634fbb672ba', trace_id: id }, id],
    ['a logged header', { 'request.request_headers.traceparent': `00-${id}-a1929634fbb672ba-01` }, id],
    ['B3 of 64 bits', { 'request.request_headers.x-b3-traceid': 'a1929634fbb672ba' }, 'a1929634fbb672ba'],
    ['Jaeger', { 'x.uber-trace-id': `${id}:1:0:1` }, id],
    ['only zeros is none', { trace_id: '00000000000000000000000000000000' }, null],
    ['something else of that name', { trace_id: '<script>' }, null],
    ['a number', { trace_id: 7 }, null],
    ['nothing', {}, null],
  ])('%s', (_, record, expected) => expect(traceIdOf(record)).toBe(expected))
})

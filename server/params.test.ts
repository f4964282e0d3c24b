import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { filterParam, levelParam, listParam, parseParams, windowed } from './params'
import { ParameterError } from './problem'

const params = windowed({ level: levelParam, q: filterParam, fold: listParam(3) })
const parse = (query: string) => parseParams(params, new URLSearchParams(query))

describe('parameters', () => {
  it.each([
    ['', {}],
    ['last=90m', { last: 5_400_000 }],
    ['last=36h', { last: 129_600_000 }],
    ['from=1000&to=2000', { from: 1000, to: 2000 }],
    ['from=2026-03-01T00:00:00Z&to=2026-03-01T01:00:00%2B01:00', null],
    ['from=2026-03-01T00:00:00Z&to=2026-03-01T02:00:00%2B01:00', { from: 1772323200000, to: 1772326800000 }],
    ['recording=7', { recording: 7 }],
    ['fold=b/x,a/x&level=namespace', { fold: ['a/x', 'b/x'], level: 'namespace' }],
    ['fold=a/x&fold=b/x&fold=a/x', { fold: ['a/x', 'b/x'] }],
  ])('reads %s', (query, expected) => {
    if (expected === null) expect(() => parse(query)).toThrow('must be after from')
    else expect(parse(query)).toEqual({ level: 'workload', q: '', fold: [], ...expected })
  })

  it.each([
    ['last=5y', ['last'], '90m'],
    ['last=0m', ['last'], '90m'],
    ['last=401d', ['last'], '400d'],
    ['last=1h&from=1&to=2', ['last'], 'either'],
    ['from=1', ['to'], 'together'],
    ['from=2&to=1', ['to'], 'after from'],
    ['from=0&to=99999999999', ['to'], '400 days'],
    ['from=yesterday&to=1', ['from'], 'ISO 8601'],
    ['recording=x', ['recording'], 'number of a recording'],
    ['level=pod', ['level'], 'write cluster, team'],
    ['colour=red', ['colour'], 'there are last, from, to, recording, level, q, fold'],
    ['__proto__=1', ['__proto__'], 'unknown'],
    ['fold=a,b,c,d', ['fold'], 'at most 3'],
    ['level=pod&last=x', ['last', 'level'], ''],
    [`q=${'x'.repeat(2001)}`, ['q'], '2000 characters'],
    ['q=ns:shop%20eror:%3E5%25', ['q'], 'at character 9: eror: is no field; did you mean error:?'],
  ])('refuses %s and names each bad one', (query, names, allowed) => {
    let error: unknown
    try {
      parse(query)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(ParameterError)
    const problems = error instanceof ParameterError ? error.parameters : []
    expect(problems.map((problem) => problem.parameter).sort()).toEqual(names)
    expect(problems[0]?.message).toContain(allowed)
  })

  it('takes anything where a schema is no object', () => {
    expect(parseParams(z.unknown(), new URLSearchParams('a=1'))).toEqual({ a: '1' })
  })
})

it('says that what is missing must be given', () => {
  const shape = z.strictObject({ sel: z.string() })
  expect(() => parseParams(shape, new URLSearchParams(''))).toThrow('sel: must be given')
})

it('names ten of many bad parameters, what there is once, and refuses what is no text', () => {
  const schema = z.strictObject({ q: z.string().optional() })
  const many = new URLSearchParams(Array.from({ length: 900 }, (_, i) => [`p${i}`, '1']))
  expect(() => parseParams(schema, many)).toThrow(/^p0: unknown; there are q; p1: unknown; .*; …: and 890 more$/)
  expect(() => parseParams(schema, new URLSearchParams('q=a%00b'))).toThrow(/^q: leave out NUL/)
})

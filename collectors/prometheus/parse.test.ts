import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ApiHead, createApiHeads } from './api-heads'
import { createApiParser, type ApiSeries } from './parse-json'
import { createTextParser, readSeries } from './parse-text'

type Told = { name: string; labels: unknown; value: number; time: number | null }

function readText(text: string, pieces = text.length || 1) {
  const told: Told[] = []
  const types: string[] = []
  let ends = 0
  const parser = createTextParser({
    wants: (name) => name.startsWith('m'),
    sample: (name, series, value, time) => told.push({ name, labels: { ...readSeries(series) }, value, time }),
    type: (name, type) => types.push(`${name} ${type}`),
    end: () => ends++,
  })
  for (let at = 0; at < text.length; at += pieces) parser.push(text.slice(at, at + pieces))
  parser.end()
  return { told, types, ends, malformed: parser.malformed }
}

const sample = (labels: object, value: number, time: number | null = null) => ({ name: 'm', labels, value, time })

describe('text format', () => {
  it.each([
    ['no labels', 'm 1', sample({}, 1)],
    ['labels', 'm{a="b",c="d"} 2.5', sample({ a: 'b', c: 'd' }, 2.5)],
    ['a comma at the end and blanks', 'm { a = "b" , }   3 ', sample({ a: 'b' }, 3)],
    ['tabs', 'm\t4\t1700000000000', sample({}, 4, 1_700_000_000_000)],
    ['empty braces', 'm{} 5', sample({}, 5)],
    ['escapes', String.raw`m{a="x\\y\"z\n"} 1`, sample({ a: 'x\\y"z ' }, 1)],
    ['braces and a hash in a value', 'm{a="} # {"} 6 # {trace_id="x"} 0.5', sample({ a: '} # {' }, 6)],
    ['an exemplar', 'm{a="b"} 7 # {trace_id="x}"} 0.5 1700000000.5', sample({ a: 'b' }, 7)],
    ['a time of OpenMetrics', 'm 8 1700000000.123', sample({}, 8, 1_700_000_000_123)],
    ['infinity', 'm{le="+Inf"} +Inf', sample({ le: '+Inf' }, Number.POSITIVE_INFINITY)],
    ['NaN', 'm NaN', sample({}, Number.NaN)],
    ['exponents', 'm 1.5e+06', sample({}, 1_500_000)],
    ['a carriage return', 'm 9\r', sample({}, 9)],
    ['control characters in a value', 'm{a="x\u0000\u202ey"} 1', sample({ a: 'xy' }, 1)],
    [
      'an own property name',
      'm{__proto__="x",constructor="y"} 1',
      sample(JSON.parse('{"__proto__":"x","constructor":"y"}'), 1),
    ],
  ])('reads %s', (_, line, expected) => {
    expect(readText(`${line}\n`)).toMatchObject({ told: [expected], malformed: 0 })
  })

  it.each(['m', 'm{a="b"', 'm{a="b"} ', 'm x', 'm 1 y', 'm 1 1e300'])('counts %j as malformed', (line) => {
    expect(readText(`${line}\nm 1\n`)).toMatchObject({ told: [{ value: 1 }], malformed: 1 })
  })

  it('gives no labels of a series whose labels are malformed', () => {
    expect(['m{a=b}', 'm{a}', 'm{"a"}', 'm{=""}', 'm{a="b" c="d"}'].map(readSeries)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it('passes over what is not wanted, and comments', () => {
    const text = '# HELP m x\n# TYPE m counter\n\nother{a="b"} x\n{"m", a="b"} 1\n#\nm 1\n# EOF\n'
    expect(readText(text)).toEqual({ told: [sample({}, 1)], types: ['m counter'], ends: 1, malformed: 0 })
  })

  it('reads the same in pieces of any size', () => {
    const text = '# TYPE m counter\nm{a="b"} 1\nm{a="ä€😀"} 2\r\nm 3'
    for (let size = 1; size < 20; size++) expect(readText(text, size)).toEqual(readText(text))
  })

  it('passes over a line without end at once', () => {
    const long = `m{a="${'x'.repeat(300_000)}"} 1\nm 2\n`
    expect(readText(long, 10_000)).toMatchObject({ told: [{ value: 2 }], malformed: 1 })
  })

  it('never throws, whatever comes', () => {
    const good = 'm{a="b",le="+Inf"} 1 1700000000000 # {x="y"} 1\n'
    const mutated = fc
      .tuple(fc.nat(good.length), fc.nat(4), fc.string({ unit: 'binary', maxLength: 6 }))
      .map(([at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut))
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ unit: 'binary' })), (text) => {
        readText(text + good, 7)
      }),
      { numRuns: 2_000 },
    )
  })
})

function readJson(text: string, pieces = 1_000_000) {
  const series: ApiSeries[] = []
  let malformed = 0
  const parser = createApiParser({ series: (one) => series.push(one), malformed: (n) => (malformed += n) })
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += pieces) parser.push(bytes.subarray(at, at + pieces))
  const frame = parser.end()
  return { series, frame, malformed }
}

const matrix = (...result: unknown[]) => JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })

describe('answers of the query API', () => {
  const one = {
    metric: { __name__: 'm', a: 'x"}]{[', b: '' },
    values: [
      [1_700_000_000.123, '1'],
      [1_700_000_015, '+Inf'],
    ],
  }
  const other = { metric: { __name__: 'n', ä: '😀' }, value: [1, 'NaN'] }

  it('reads the series of a matrix and of a vector, in pieces of any size, with blanks or without', () => {
    const pretty = JSON.stringify(JSON.parse(matrix(one, other)), null, 2)
    for (const [text, size] of [
      [matrix(one, other), 1],
      [matrix(one, other), 7],
      [pretty, 3],
      [pretty, 1_000],
    ] as const) {
      const { series, frame, malformed } = readJson(text, size)
      expect(series.map(({ head, ...found }) => ({ name: head.name, labels: { ...head.labels }, ...found }))).toEqual([
        {
          name: 'm',
          labels: { a: 'x"}]{[' },
          values: [
            { time: 1_700_000_000_123, value: 1 },
            { time: 1_700_000_015_000, value: Number.POSITIVE_INFINITY },
          ],
          histograms: [],
        },
        { name: 'n', labels: { ä: '😀' }, values: [{ time: 1_000, value: Number.NaN }], histograms: [] },
      ])
      expect(frame).toMatchObject({ status: 'success', resultType: 'matrix' })
      expect(malformed).toBe(0)
    }
  })

  it('reads native histograms by the edges of their buckets', () => {
    const buckets = [
      [0, '1', '2', '3'],
      [0, '4', '8', '1'],
    ]
    const { series } = readJson(
      matrix({ metric: { __name__: 'h' }, histograms: [[1, { count: '4', sum: '9', buckets }]] }),
    )
    expect(series[0]?.histograms[0]?.snapshot).toEqual({
      bounds: [1, 2, 4, 8, Number.POSITIVE_INFINITY],
      cumulative: [0, 3, 3, 4, 4],
      sum: 9,
    })
  })

  it('says what an error and what warnings say', () => {
    const text = '{"status":"error","errorType":"execution","error":"too many samples","warnings":["a","b"]}'
    expect(readJson(text, 5).frame).toMatchObject({ status: 'error', error: 'too many samples', warnings: ['a', 'b'] })
  })

  it.each([
    [
      'elements of another shape',
      matrix({ x: 1 }, { metric: {}, values: [[1, 2]] }, { metric: {}, values: [['x', '1']] }),
      3,
    ],
    ['histograms of another shape', matrix({ metric: {}, histograms: [[1, 5]] }), 1],
  ])('counts %s as malformed', (_, text, n) => {
    expect(readJson(text)).toMatchObject({ malformed: n, frame: { status: 'success' }, series: [] })
  })

  it.each(['', '<html>', '[]', 'null', '{}', matrix(one).slice(0, -3), '{"status":1}', `${'['.repeat(100_000)}`])(
    'takes %#: no answer for none',
    (text) => expect(readJson(text).frame).toBeNull(),
  )

  it('loses no series beside one of another shape', () => {
    const { series, malformed } = readJson(matrix({ metric: { a: 'b' } }, { metric: 1 }, one, { x: [] }, one, one))
    expect([series.filter(({ values }) => values.length === 2).length, malformed]).toEqual([3, 2])
  })

  it('knows a series by its labels in any order of the answer', () => {
    const heads = createApiHeads()
    const names = (...list: string[]) => {
      const found: ApiHead[] = []
      const parser = createApiParser({ series: ({ head }) => found.push(head), malformed: () => {} }, heads)
      parser.push(Buffer.from(matrix(...list.map((name) => ({ metric: { __name__: name }, values: [] })))))
      parser.end()
      return found
    }
    const [a, b, c] = names('a', 'b', 'c')
    for (const [list, expected] of [
      [
        ['a', 'b', 'c'],
        [a, b, c],
      ],
      [
        ['c', 'a', 'b'],
        [c, a, b],
      ],
      [
        ['b', 'b', 'a'],
        [b, b, a],
      ],
      [
        ['x', 'c'],
        [expect.objectContaining({ name: 'x' }), c],
      ],
    ] as const) {
      const found = names(...list)
      expect(found).toEqual(expected)
      expect(found.every((head, i) => list[i] === 'x' || head === expected[i])).toBe(true)
    }
    for (let i = 0; i < 20; i++) names('c')
    expect(names('a')[0]).toEqual(a)
    expect(names('a')[0]).not.toBe(a)
  })

  it('never throws, whatever comes', () => {
    const good = matrix(one, other)
    const mutated = fc
      .tuple(fc.nat(good.length), fc.nat(4), fc.string({ unit: 'binary', maxLength: 6 }))
      .map(([at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut))
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ unit: 'binary' }), fc.json()), (text) => {
        readJson(text, 11)
      }),
      { numRuns: 2_000 },
    )
  })
})

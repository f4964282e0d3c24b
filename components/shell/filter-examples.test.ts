import { expect, it } from 'vitest'
import { parseFilter } from '@/core/filter-parse'
import { exampleFields, examplesOf } from './filter-examples'

const known = exampleFields.map((field) => ({
  field,
  values:
    field === 'verdict'
      ? [{ value: 'denied', edges: 1 }]
      : [
          { value: 'my shop', edges: 3 },
          { value: 'b', edges: 2 },
        ],
}))

it('writes filters that parse, with names of the data', () => {
  const examples = examplesOf(known)
  for (const { text } of examples) expect(parseFilter(text).errors, text).toEqual([])
  expect(examples.map(({ text }) => text)).toEqual(expect.arrayContaining(['ns:"my shop"', 'verdict:denied']))
})

it('shows no word that the data does not have', () =>
  expect(examplesOf([]).map(({ text }) => text)).toEqual(['health:failing,degraded', 'error:>1% or p95:>300ms']))

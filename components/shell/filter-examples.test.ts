import { expect, it } from 'vitest'
import { parseFilter } from '@/core/filter/filter-parse'
import { exampleFields, examplesOf } from './filter-examples'

const own: Readonly<Record<string, readonly string[]>> = {
  verdict: ['denied'],
  port: ['80'],
  is: ['external'],
  encrypted: [],
}
const known = exampleFields.map((field) => ({
  field,
  values: (own[field] ?? ['my shop', 'b']).map((value) => ({ value, edges: 1 })),
}))

it('writes filters that parse, with names of the data', () => {
  const examples = examplesOf(known)
  for (const { text } of examples) expect(parseFilter(text).errors, text).toEqual([])
  expect(examples.map(({ text }) => text)).toEqual(expect.arrayContaining(['ns:"my shop"', 'verdict:denied']))
})

it('shows no word that the data does not have', () =>
  expect(examplesOf([]).map(({ text }) => text)).toEqual(['health:failing,degraded', 'error:>1% or p95:>300ms']))

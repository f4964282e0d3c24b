import { expect, test } from 'vitest'
import { filterNotes, type FilterSubject } from './filter-notes'
import { parseFilter } from './filter-parse'

test.each<[string, FilterSubject, RegExp | null]>([
  ['ns:shop', 'records', null],
  ['ns:shop (error:>5% or p95:>1s)', 'records', /^error:>5% and p95:>1s is about figures/],
  ['error:>5%', 'edges', null],
  ['status:5xx', 'edges', null],
  ['status:503', 'edges', /^status:503 is of single flows/],
])('%s on %s', (text, subject, note) => {
  const [first] = filterNotes(parseFilter(text).filter, subject)
  if (note) expect(first).toMatch(note)
  else expect(first).toBeUndefined()
})

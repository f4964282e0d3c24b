import { describe, expect, it } from 'vitest'
import type { Filter, FilterTerm } from './filter-ast'
import { termState, toggledTerm } from './filter-edit'
import { parseFilter } from './filter-parse'
import { flowFacetTerm, isAboutFacet } from '../flows/flow-facets'

const denied = flowFacetTerm('verdict', 'denied')
const aboutVerdict = (part: Filter) => isAboutFacet('verdict', part)
const toggle = (text: string, term: FilterTerm = denied, deny = false) => toggledTerm(text, term, aboutVerdict, deny)

describe('a term is', () => {
  it.each([
    ['', 'verdict:denied'],
    ['ns:shop', 'ns:shop verdict:denied'],
    ['verdict:denied', ''],
    ['ns:shop verdict:denied port:80', 'ns:shop port:80'],
    ['verdict:error', 'verdict:error,denied'],
    ['ns:shop verdict:error', 'ns:shop verdict:error,denied'],
    ['ns:shop (verdict:error or verdict:denied)', 'ns:shop verdict:error'],
    ['!verdict:denied', 'verdict:denied'],
    ['!verdict:error', '!verdict:error verdict:denied'],
    ['ns:a or ns:b', 'ns:a,b verdict:denied'],
    ['"two words" -ns:x', '"two words" !ns:x verdict:denied'],
  ])('toggled in %j', (text, expected) => expect(toggle(text)).toBe(expected))

  it.each([
    ['', '!verdict:denied'],
    ['!verdict:denied', ''],
    ['verdict:denied', '!verdict:denied'],
    ['verdict:error or verdict:denied', 'verdict:error !verdict:denied'],
  ])('left out in %j', (text, expected) => expect(toggle(text, denied, true)).toBe(expected))

  it('put behind what cannot be read, which stays as it is written', () => {
    expect(toggle('ns: (port:80')).toBe('ns: (port:80 verdict:denied')
  })

  it.each(['', 'ns:shop', 'a or b', 'verdict:error', '!verdict:error x (y or z)'])(
    'gone when toggled twice in %j',
    (text) => expect(parseFilter(toggle(toggle(text))).filter).toEqual(parseFilter(text).filter),
  )
})

it.each([
  ['verdict:denied', 'wanted'],
  ['ns:x (verdict:error or verdict:denied)', 'wanted'],
  ['!verdict:denied', 'unwanted'],
  ['verdict:error', 'open'],
  ['(ns:x verdict:denied) or ns:y', 'open'],
])('the state in %j is %s', (text, state) => expect(termState(parseFilter(text).filter, denied)).toBe(state))

import { compileCidr } from '../cidr'
import { endFields, type FilterField, type FilterTerm, isFigureField } from './filter-ast'
import { fieldNames, filterTerms, knownNames } from './filter-terms'
import { statusClass, termNumber, unitNames } from './filter-value'
import { nearest } from '../text/nearest'

/** What is wrong with a part of a filter, as a sentence, and what could stand in its place. */
export type Problem = { readonly message: string; readonly fix?: string }

/** A word before a colon that names no field; `rest` is what follows the colon. */
export function unknownField(name: string, rest: string): Problem {
  const near = nearest(name, knownNames())
  if (near !== null) return { message: `${name}: is no field; did you mean ${near}:?`, fix: `${near}:${rest}` }
  return {
    message: `${name}: is no field. Fields are ${fieldNames().join(', ')}. To look for the text, write it in quotes.`,
    fix: `"${name}:${rest.replaceAll('"', '')}"`,
  }
}

/** What `from:` or `to:` is asked that no end of an edge has. */
export function unknownPart(side: string, part: string, rest: string): Problem {
  const near = nearest(part, endFields)
  const message = `${side}: has no ${part}=`
  return near === null
    ? { message: `${message}. It has ${endFields.join(', ')}, as in ${side}:ns=shop.` }
    : { message: `${message}; did you mean ${side}:${near}=?`, fix: `${side}:${near}=${rest}` }
}

/** What is wrong with the value of a term; null where nothing is. `written`: the field as it was written. */
export function valueProblem(term: FilterTerm, written: string): Problem | null {
  const { kind, example, values } = filterTerms[term.field]
  if (term.value === '') return { message: `Say what ${written} should be, as in ${example}.` }
  if (kind === 'name') {
    if (term.op === '=') return null
    return { message: `${written} cannot be compared; write ${example}.`, fix: `${written}${term.value}` }
  }
  if (kind === 'choice') return choiceProblem(term, written, values)
  if (kind === 'address') {
    if (term.op === '=' && compileCidr(term.value)) return null
    return { message: `${written} is an address or a range, as in ${example}.` }
  }
  if (term.field === 'status' && term.op === '=' && statusClass(term.value) !== null) return null
  if (termNumber(term) === null)
    return { message: `${written} needs a number${unitWords(term.field)}, as in ${example}.` }
  if (isFigureField(term.field) && term.op === '=')
    return { message: `${written} needs a comparison, as in ${example}.`, fix: `${written}>${term.value}` }
  return null
}

function choiceProblem(term: FilterTerm, written: string, values: readonly string[]): Problem | null {
  if (term.op === '=' && values.includes(term.value.toLowerCase())) return null
  const near = nearest(term.value, values)
  const message = `${written} is one of ${values.join(', ')}`
  return near === null
    ? { message: `${message}.` }
    : { message: `${message}; did you mean ${near}?`, fix: `${written}${near}` }
}

function unitWords(field: FilterField): string {
  const units = unitNames(field).filter(Boolean)
  return units.length > 0 ? ` with ${units.join(', ')} or nothing` : ''
}

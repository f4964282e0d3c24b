import { normalPath } from '../http-path'
import { field, fieldsAt, isAbsent, itemsAt, type Reader, refuse, textAt, unknownFields } from '../read'
import type { RequestMatch, TextMatch } from '../request-match'

const mostItems = 20
const longestPath = 1_024

/** `http` of a rule; null: absent, or it limits nothing. Its methods and its paths must both match. */
export function httpAt(at: Reader): RequestMatch | null {
  if (isAbsent(at)) return null
  fieldsAt(at)
  const parts: RequestMatch[] = []
  const methods = textsAt(field(at, 'methods'))
  if (new Set(methods).size < methods.length) refuse(field(at, 'methods'), 'must not name a method twice')
  if (methods.length > 0 && !methods.includes('*'))
    parts.push({ is: 'method', texts: methods.map((text) => ({ how: 'exact', text })) })
  const paths = fewAt(field(at, 'paths'))
  if (paths.length > 0) parts.push({ is: 'normal-path', texts: paths.flatMap(pathAt) })
  if (unknownFields(at, ['methods', 'paths']).length > 0)
    parts.push({ is: 'unclear', doubt: 'the rule has a field that is not known here' })
  return parts.length === 0 ? null : { is: 'some', of: [{ is: 'every', of: parts }, plainIsOpen] }
}

/** Versions of Calico differ in whether what is no HTTP passes such a rule. */
const plainIsOpen: RequestMatch = {
  is: 'every',
  of: [{ is: 'plain' }, { is: 'unclear', doubt: 'the rule is about HTTP' }],
}

function fewAt(at: Reader): readonly Reader[] {
  const items = itemsAt(at) ?? []
  if (items.length > mostItems) refuse(at, `must not have more than ${mostItems} items`)
  return items
}

const textsAt = (at: Reader): readonly string[] => fewAt(at).map((item) => textAt(item) ?? '')

/** A prefix ends at a segment: `/pub` is not of `/public`. A path that cannot be read as servers do matches none. */
function pathAt(at: Reader): readonly TextMatch[] {
  const exact = textAt(field(at, 'exact')) ?? ''
  const prefix = textAt(field(at, 'prefix')) ?? ''
  if ((exact === '') === (prefix === '')) refuse(at, 'must have either exact or prefix')
  const text = exact || prefix
  if (text !== '' && (!text.startsWith('/') || /[? #]/.test(text) || text.length > longestPath))
    refuse(at, `${JSON.stringify(text)} is no path without query and fragment`)
  const path = normalPath(text)
  if (path === null) return []
  if (exact !== '') return [{ how: 'exact', text: path }]
  const below: TextMatch = { how: 'prefix', text: path === '/' ? path : `${path}/` }
  return [{ how: 'exact', text: path }, below]
}

import { field, isAbsent, type Reader, refuse, textAt } from '../read'
import type { TextMatch } from '../request-match'

const longest = 255

/** An item of `toFQDNs` or of DNS rules: `matchName` or `matchPattern`. */
export function nameAt(at: Reader): TextMatch {
  const given = ['matchName', 'matchPattern'].filter((name) => !isAbsent(field(at, name)))
  if (given.length !== 1) refuse(at, 'must have either matchName or matchPattern')
  const name = field(at, given[0] ?? 'matchName')
  const text = textAt(name) ?? ''
  const allowed = given[0] === 'matchPattern' ? /^[-\w*]+(?:\.[-\w*]+)*\.?$/ : /^[-\w]+(?:\.[-\w]+)*\.?$/
  if (text.length > longest || !allowed.test(text)) refuse(name, `${JSON.stringify(text)} is no domain name`)
  return { how: 'domain', text: text.toLowerCase() }
}

/** Whether it is every name. */
export const isEveryName = (match: TextMatch): boolean => match.how === 'domain' && match.text === '*'

import { describeText, list } from './describe-match'
import type { RequestMatch } from './request-match'

/** What a rule asks of a request, as the end of a sentence: "for requests with method GET and path /cart/*". */
export function describeRequest(match: RequestMatch): string {
  if (match.is === 'plain') return 'for connections without HTTP'
  const words = conditionWords(match)
  return words === '' ? 'for HTTP' : `for requests with ${words}`
}

/** '' for one that says no more than that it is HTTP. */
function conditionWords(match: RequestMatch): string {
  switch (match.is) {
    case 'plain':
      return 'no HTTP'
    case 'unclear':
      return 'a condition that cannot be told from traffic'
    case 'header':
      return `header ${match.name} ${list(match.texts.map(describeText), 'or')}`
    case 'every':
      return list(match.of.map(conditionWords).filter(Boolean), 'and')
    case 'some':
      return list(
        match.of.map((part) => conditionWords(part) || 'anything'),
        'or',
      )
    case 'not':
      return match.of.is === 'plain' ? '' : `not ${conditionWords(match.of)}`
    default:
      return `${match.is === 'url-path' ? 'path' : match.is.replace('-', ' ')} ${list(match.texts.map(describeText), 'or')}`
  }
}

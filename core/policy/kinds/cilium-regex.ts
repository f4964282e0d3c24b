import type { RequestMatch, TextMatch } from '../request-match'

/** What a text must look like: surely where it fits `sure`, only maybe where it fits `maybe`. */
export type Pattern = { readonly sure: readonly TextMatch[]; readonly maybe: readonly TextMatch[] }

/** A literal text, `.*`, or something else that stands for a text. */
type Token = { readonly literal: string; readonly dot: boolean } | 'star' | 'loose'

/**
 * Reads what can be compared without running a regular expression: literals, `.*` and alternatives. A dot surely
 * stands for itself and may stand for any character; whatever else there is may stand for any text. The whole text
 * must fit. O(length).
 */
export function patternOf(regex: string): Pattern {
  if (/[()]/.test(regex.replace(/\\./gs, ''))) return { sure: [], maybe: [{ how: 'prefix', text: '' }] }
  const alternatives = splitAlternatives(regex).map((one) => tokensOf(one.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')))
  return {
    sure: alternatives.flatMap((tokens) => (tokens.includes('loose') ? [] : [textOf(tokens)])),
    maybe: alternatives
      .filter((tokens) => tokens.some((token) => token === 'loose' || (typeof token === 'object' && token.dot)))
      .map((tokens) => textOf(tokens.map((token) => (typeof token === 'object' && token.dot ? 'loose' : token)))),
  }
}

/** The pattern as a condition on a part of the request. */
export function fitsPattern(is: 'method' | 'path' | 'host', { sure, maybe }: Pattern): RequestMatch {
  const certain: RequestMatch = { is, texts: sure }
  if (maybe.length === 0) return certain
  const possible: RequestMatch = { is: 'every', of: [{ is, texts: maybe }, openRegex] }
  return sure.length === 0 ? possible : { is: 'some', of: [certain, possible] }
}

const openRegex: RequestMatch = { is: 'unclear', doubt: 'regular expressions are not run' }

/** Alternatives that stand outside of brackets and are not escaped. */
function splitAlternatives(regex: string): readonly string[] {
  const parts: string[] = ['']
  for (const [piece] of regex.matchAll(/\\.|\[(?:\\.|[^\]])*\]|[^]/gs))
    if (piece === '|') parts.push('')
    else parts[parts.length - 1] += piece
  return parts
}

const pieces =
  /(\.\*\??)|((?:\\.|\[(?:\\.|[^\]])*\]|[^])(?:[*+?]|\{[^}]*\})+)|\\([^a-zA-Z0-9])|(\\.|\[(?:\\.|[^\]])*\])|([^])/gs

function tokensOf(regex: string): readonly Token[] {
  return [...regex.matchAll(pieces)].map(([, star, repeated, escaped, special, plain]): Token => {
    if (star !== undefined) return 'star'
    if (repeated !== undefined || special !== undefined) return 'loose'
    if (escaped !== undefined) return { literal: escaped, dot: false }
    if (plain === '^' || plain === '$') return 'loose'
    return { literal: plain ?? '', dot: plain === '.' }
  })
}

/** Tokens as segments between stars. */
function textOf(tokens: readonly Token[]): TextMatch {
  const parts: string[] = ['']
  for (const token of tokens)
    if (typeof token === 'string') parts.push('')
    else parts[parts.length - 1] += token.literal
  const [first = ''] = parts
  return parts.length === 1 ? { how: 'exact', text: first } : { how: 'glob', parts }
}

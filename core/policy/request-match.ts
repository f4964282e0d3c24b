import { domainMatches } from './domain-pattern'
import { globMatches } from './glob'
import { normalPath } from './http-path'
import { templateMatches } from './path-template'
import { maybe, no, type Tri, triEvery, triNot, triOf, triSome } from './tri'

/**
 * A condition on what is asked for within a connection. `plain`: it carries no HTTP. `host`: in lower case.
 * `url-path`: the path without its query. `normal-path`: as servers read it (`normalPath`); one that cannot be read so
 * matches none.
 */
export type RequestMatch =
  | { readonly is: 'method' | 'path' | 'url-path' | 'normal-path' | 'host'; readonly texts: readonly TextMatch[] }
  | { readonly is: 'header'; readonly name: string; readonly texts: readonly TextMatch[] }
  | { readonly is: 'plain' }
  | { readonly is: 'unclear'; readonly doubt: string }
  | { readonly is: 'every' | 'some'; readonly of: readonly RequestMatch[] }
  | { readonly is: 'not'; readonly of: RequestMatch }

export type TextMatch =
  | { readonly how: 'exact' | 'prefix' | 'suffix'; readonly text: string }
  /** Segments between `*` in order, the first and the last fixed at the ends; `*` also stands for nothing. */
  | { readonly how: 'glob'; readonly parts: readonly string[] }
  /** Of a path: what stands between slashes, with `{*}` and `{**}`. */
  | { readonly how: 'template'; readonly segments: readonly string[] }
  /** Of a DNS name: `*` stands for what is no dot, `**.` at its beginning for one or more labels. */
  | { readonly how: 'domain'; readonly text: string }

/** One HTTP request; null: the connection carries none. What is absent is not known. */
export type HttpRequest = {
  readonly method?: string
  readonly path?: string
  readonly host?: string
  /** By name in lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Whether a text is one of those. Case counts. */
export const textMatches = (matches: readonly TextMatch[], text: string): boolean =>
  matches.some((match) => oneMatches(match, text))

/** @param request undefined: not known, so that whatever depends on it is maybe. */
export function requestMatches(match: RequestMatch, request: HttpRequest | null | undefined): Tri {
  switch (match.is) {
    case 'unclear':
      return maybe
    case 'every':
      return triEvery(match.of, (part) => requestMatches(part, request))
    case 'some':
      return triSome(match.of, (part) => requestMatches(part, request))
    case 'not':
      return triNot(requestMatches(match.of, request))
    case 'plain':
      return request === undefined ? maybe : triOf(request === null)
    default: {
      if (request === undefined) return maybe
      if (request === null) return no
      return partMatches(match, request)
    }
  }
}

function partMatches(
  match: Extract<RequestMatch, { is: 'method' | 'path' | 'url-path' | 'normal-path' | 'host' | 'header' }>,
  request: HttpRequest,
): Tri {
  if (match.is === 'normal-path') {
    if (request.path === undefined) return maybe
    const path = normalPath(request.path)
    return triOf(path !== null && textMatches(match.texts, path))
  }
  if (match.is !== 'header') {
    const text = match.is === 'host' || match.is === 'url-path' ? shortened(match.is, request) : request[match.is]
    return text === undefined ? maybe : triOf(textMatches(match.texts, text))
  }
  if (!request.headers) return maybe
  const name = match.name.toLowerCase()
  const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined
  return triOf(value !== undefined && textMatches(match.texts, value))
}

const shortened = (is: 'host' | 'url-path', { host, path }: HttpRequest): string | undefined =>
  is === 'host' ? host?.toLowerCase() : path?.replace(/[?#].*$/s, '')

function oneMatches(match: TextMatch, text: string): boolean {
  switch (match.how) {
    case 'exact':
      return text === match.text
    case 'prefix':
      return text.startsWith(match.text)
    case 'suffix':
      return text.endsWith(match.text)
    case 'glob':
      return globMatches(match.parts, text)
    case 'template':
      return templateMatches(match.segments, text)
    case 'domain':
      return domainMatches(match.text, text)
  }
}

export const anyText: readonly TextMatch[] = [{ how: 'prefix', text: '' }]

const base = 'http://console.invalid'
const maxPath = 6_000

/** Where no page is, or where a link would lead in a circle. */
const notPages = /^\/(api|l|login|logout|_next|healthz|readyz)(\/|$)/

/**
 * Path and query of a page of the console as a link may store it; null for anything that leads
 * elsewhere (`//host`, `\\host`, a scheme), to no page, or is longer than 6,000 characters.
 */
export function linkPath(text: string): string | null {
  if (text.length > maxPath || !text.startsWith('/') || /[\p{Cc}\\]/u.test(text) || !URL.canParse(text, base))
    return null
  const url = new URL(text, base)
  if (url.origin !== base || url.pathname.startsWith('//') || notPages.test(url.pathname)) return null
  url.searchParams.delete('frozen')
  return `${url.pathname}${url.search}`
}

/** The place that a link leads to: a frozen one names itself and the time that it is of. */
export function openedPath(
  path: string,
  frozen: { readonly token: string; readonly from: number; readonly to: number } | null,
): string {
  if (!frozen) return path
  const url = new URL(path, base)
  url.searchParams.delete('last')
  url.searchParams.set('from', String(frozen.from))
  url.searchParams.set('to', String(frozen.to))
  url.searchParams.set('frozen', frozen.token)
  return `${url.pathname}${url.search}`
}

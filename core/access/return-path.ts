const longest = 2_048
/** Where to go after a login: a path of this console, with its query; `/` for anything that may lead elsewhere. */
export function returnPath(asked: string | null): string {
  if (asked === null || asked.length > longest || !asked.startsWith('/') || asked.startsWith('//') || hasUnsafe(asked))
    return '/'
  const base = 'https://console.invalid'
  if (!URL.canParse(asked, base)) return '/'
  const url = new URL(asked, base)
  if (url.origin !== base || url.pathname.startsWith('//') || /^\/(login|logout|api)(\/|$)/.test(url.pathname))
    return '/'
  return url.pathname + url.search
}

/** For a browser, a backslash is a slash, and tabs and line ends are not there. */
const hasUnsafe = (text: string): boolean => /[\\\p{Cc}]/u.test(text)

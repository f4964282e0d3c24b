import { clean as cleanText } from '@/core/text/text'

/** Text from a stranger as one visible line (core/text/text.ts), at most `max` UTF-16 units. */
export const clean = (text: string, max = 500): string => cleanText(text, max)

const secretHeader =
  /^(proxy-)?authori[sz]ation$|cookie|token|secret|passw|session|credential|signature|api-?key|(^|-)(auth|jwt|csrf|xsrf)(-|$)|^x-forwarded-client-cert$|access-key/i

/** True for headers whose value is never stored. */
export const isSecretHeader = (name: string): boolean => secretHeader.test(name)

const secretKey =
  /token|passw|pwd|secret|session|credential|signature|jwt|(^|[^a-z])(key|code|sig|auth|sid|otp|pin)($|[^a-z])|api-?key/i
const secretParameter = (name: string) => secretKey.test(decoded(name))

const decoded = (name: string) => {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

export const cutMark = '[cut]'
const maxUrl = 500

/** Also an authority so long that its end may be cut off. */
const userInfo = /^([a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#]*@|[^/?#]{1000,})/i

/** A URL or path without user info, with the values of secret-looking query keys cut; at most 500 characters. */
export function scrubUrl(url: string): string {
  const withoutUser = url.slice(0, 8_192).replace(userInfo, '$1//')
  const at = withoutUser.search(/[?#]/)
  if (at < 0) return clean(withoutUser, maxUrl)
  const query = withoutUser
    .slice(at)
    .replace(/([?#&;])([^=&;#]*)=([^&;#]*)/g, (whole, mark: string, name: string) =>
      secretParameter(name) ? `${mark}${name}=${cutMark}` : whole,
    )
  return clean(withoutUser.slice(0, at) + query, maxUrl)
}

/** Free text with every URL and path in it scrubbed. */
export const scrubText = (text: string): string =>
  text.includes('/') ? clean(text.slice(0, 8_192).replace(/[^\s()]*\/[^\s()]*/g, scrubUrl)) : clean(text)

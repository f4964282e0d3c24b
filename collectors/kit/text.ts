/** C0/C1 controls, bidi marks, embeddings and isolates, zero-width characters, line separators, lone surrogates. */
const unprintable = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\p{Surrogate}]/gu
const anyUnprintable = new RegExp(unprintable.source, 'u')

/** Text from a stranger: control and bidi characters stripped, at most `max` UTF-16 units. */
export function clean(text: string, max = 500): string {
  const cut = text.length > max ? text.slice(0, max) : text
  return anyUnprintable.test(cut) ? cut.replace(unprintable, '') : cut
}

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

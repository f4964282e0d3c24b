/** PostgreSQL has no NUL in text, and an index takes no key above 2.7 kB: what is longer is cut. */
export const clean = (text: string): string => (text.length > 512 ? text.slice(0, 512) : text).replaceAll('\0', '')

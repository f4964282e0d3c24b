/** NUL, and half of a surrogate pair: what no database keeps as text. */
const broken = /[\0\p{Cs}]/u

/** Whether a value of JSON holds a text that cannot be kept. O(length); who reads it bounds its depth (nesting.ts). */
export function isUnreadable(value: unknown): boolean {
  if (typeof value === 'string') return broken.test(value)
  if (Array.isArray(value)) return value.some(isUnreadable)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, inner]) => broken.test(name) || isUnreadable(inner))
}

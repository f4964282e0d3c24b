import type { PolicyDraftContent } from '@/core/policy/apply/draft'

/** What this browser keeps of a draft until it is saved. */
export type LocalCopy = { readonly at: number; readonly version: number | null; readonly content: PolicyDraftContent }

const prefix = 'oriel.policy-draft.'

/** Names the copy: a saved draft by its number, a new one by what it was opened from. */
export const localKey = (draft: number | null, openedFrom: string): string =>
  `${prefix}${draft === null ? `new ${openedFrom}` : draft}`

/** null: there is none, or none that can be read. */
export function readLocal(key: string): LocalCopy | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isCopy(value) ? value : null
  } catch {
    return null
  }
}

/** False: full stores and private windows keep nothing; what is saved on the server is not touched by that. */
export function writeLocal(key: string, copy: LocalCopy | null): boolean {
  try {
    if (copy === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(copy))
    return true
  } catch {
    return false
  }
}

function isCopy(value: unknown): value is LocalCopy {
  if (typeof value !== 'object' || value === null) return false
  const content: unknown = Reflect.get(value, 'content')
  return (
    typeof Reflect.get(value, 'at') === 'number' &&
    typeof content === 'object' &&
    content !== null &&
    Array.isArray(Reflect.get(content, 'objects'))
  )
}

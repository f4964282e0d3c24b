import type { PolicyRef } from './normal-form'

/** The inverse of refKey; null where the text is not one. */
export function parseRefKey(key: string): PolicyRef | null {
  const [group, kind, namespace, name, ...others] = key.split('/')
  if (group === undefined || !kind || namespace === undefined || !name || others.length > 0) return null
  return { group, kind, namespace: namespace === '' ? null : namespace, name }
}

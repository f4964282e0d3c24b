import type { PolicyRef } from '../normal-form'

/** The reverse of refKey; null where the text is none. */
export function parseRefKey(text: string): PolicyRef | null {
  const [group, kind = '', namespace = '', name = '', more] = text.split('/')
  if (group === undefined || kind === '' || name === '' || more !== undefined) return null
  return { group, kind, namespace: namespace === '' ? null : namespace, name }
}

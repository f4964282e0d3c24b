import type { DraftObject } from '../apply/draft'
import { readDraftText } from './read-draft-text'

/**
 * The namespaces of all objects of a draft, each once; null where one is not known (a text that cannot be read, a kind that
 * is none of policies) or is of the whole cluster. Grows with the texts.
 */
export function touchedNamespaces(objects: readonly Pick<DraftObject, 'text' | 'ref'>[]): readonly string[] | null {
  const found = new Set<string>()
  for (const { text, ref } of objects) {
    const refs = [...(ref ? [ref] : []), ...readDraftText(text).objects.map((object) => object.ref)]
    if (refs.length === 0) return null
    for (const each of refs) {
      if (!each || each.namespace === null) return null
      found.add(each.namespace)
    }
  }
  return [...found].sort()
}

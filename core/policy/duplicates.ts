import { objectsIn } from './manifest-objects'
import type { ManifestDocument } from './load-model'
import type { DocumentProblem } from './problem'
import { isFields } from './read'

/** Objects that are there more than once, whatever their version: which of them counts nobody could tell. O(objects). */
export function findDuplicates(documents: readonly ManifestDocument[]): readonly DocumentProblem[] {
  const first = new Map<string, ManifestDocument>()
  return documents.flatMap((one) =>
    objectsIn(one.value).flatMap(({ object, path }): DocumentProblem[] => {
      const key = identityOf(object)
      const before = key === null ? undefined : first.get(key)
      if (key !== null && !before) first.set(key, one)
      if (!before) return []
      const reason = `is there already, in ${before.file}, document ${before.document}`
      return [{ file: one.file, document: one.document, path, reason }]
    }),
  )
}

/** null: not enough of an object to tell. */
function identityOf(object: unknown): string | null {
  if (!isFields(object) || !isFields(object.metadata)) return null
  const { apiVersion, kind } = object
  const { name, namespace } = object.metadata
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return null
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : ''
  return JSON.stringify([group, kind, typeof namespace === 'string' && namespace !== '' ? namespace : 'default', name])
}

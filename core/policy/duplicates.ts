import { objectsIn } from './manifest-objects'
import type { ManifestDocument } from './load-model'
import type { PolicyRef } from './normal-form'
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

/** Where each object stands, by its policy's reference; the first place where it is there twice. O(objects). */
export function placesOf(documents: readonly ManifestDocument[]): (ref: PolicyRef) => ManifestDocument | undefined {
  const places = new Map<string, ManifestDocument>()
  for (const one of documents)
    for (const { object } of objectsIn(one.value)) {
      const key = identityOf(object)
      if (key !== null && !places.has(key)) places.set(key, one)
    }
  return ({ group, kind, namespace, name }) => places.get(identity(group, kind, namespace ?? '', name))
}

/** null: not enough of an object to tell. */
function identityOf(object: unknown): string | null {
  if (!isFields(object) || !isFields(object.metadata)) return null
  const { apiVersion, kind } = object
  const { name, namespace } = object.metadata
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return null
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  return identity(group, kind, typeof namespace === 'string' ? namespace : '', name)
}

/** Calico stores its objects in a group of their own. */
const identity = (group: string, kind: string, namespace: string, name: string): string =>
  JSON.stringify([group.replace(/^crd\.(?=projectcalico\.org$)/, ''), kind, namespace || 'default', name])

import type { ModelObject } from '../model'
import { type PolicyRef, refKey } from '../normal-form'
import { objectKeys } from '../what-if/changed-model'

/** A name that no object of a kind has in a namespace. */
export function freeName(
  objects: readonly ModelObject[],
  wished: string,
  like: Pick<PolicyRef, 'group' | 'kind' | 'namespace'>,
): string {
  const taken = new Set(objectKeys(objects))
  const base =
    wished
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 200) || 'policy'
  let name = base
  for (let i = 2; taken.has(refKey({ ...like, name })); i++) name = `${base}-${i}`
  return name
}

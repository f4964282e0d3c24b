import type { Policy } from '../normal-form'
import { field, isFields, type Reader, readerOf } from '../read'
import type { LintContext } from './context'

/** A policy as it was written. */
export type WrittenPolicy = { readonly policy: Policy; readonly at: Reader }

/** Policies of a group, of some kinds. */
export function written(
  { policies }: LintContext,
  group: string,
  ...kinds: readonly string[]
): readonly WrittenPolicy[] {
  return policies.flatMap(({ policy, object }) =>
    object && policy.ref.group === group && kinds.includes(policy.ref.kind) ? [{ policy, at: readerOf(object) }] : [],
  )
}

/** Every map within a value, with its path; the outermost first. */
export function mapsIn(at: Reader): readonly Reader[] {
  const { value, path, problems } = at
  if (Array.isArray(value))
    return value.flatMap((item: unknown, i) => mapsIn({ path: `${path}[${i}]`, value: item, problems }))
  if (!isFields(value)) return []
  return [at, ...Object.keys(value).flatMap((name) => mapsIn(field(at, name)))]
}

/** Texts of a list; what is no text is left out. */
export const textsIn = ({ value }: Reader): readonly string[] =>
  Array.isArray(value) ? value.filter((item: unknown) => typeof item === 'string') : []

export const textIn = ({ value }: Reader): string | null => (typeof value === 'string' && value !== '' ? value : null)

import type { Parsed } from '../kind'
import type { ModelObject } from '../model'
import type { PolicyRef } from '../normal-form'
import { field, isAbsent, isFields, type Reader, readerOf, refOf, refuse, unknownFields, wordAt } from '../read'
import { checkHead } from '../read-head'
import { kept } from './calico-kept'
import { isGiven } from './calico-labels'
import { calicoSpecAt } from './calico-spec'

/** Reads a policy that is in force. */
export function parseCalicoPolicy(object: ModelObject, kind: string, namespaced: boolean): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, kind, namespaced)
  const blocks = calicoSpecAt(field(at, 'spec'), ref.namespace)
  if (at.problems.length > 0) return { problems: at.problems }
  return {
    meaning: kept((catalogue) => ({ ref, mode: 'enforced', replaces: null, blocks: blocks(catalogue), tiers: [] })),
  }
}

/** Reads a policy that stands in for another of the same name. `replaces`: the kind of that one. */
export function parseStagedPolicy(object: ModelObject, kind: string, replaces: string, namespaced: boolean): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, kind, namespaced)
  const spec = field(at, 'spec')
  const action = stagedActionAt(spec)
  if (action === 'Delete') checkDeletes(spec, ['tier'])
  const blocks = calicoSpecAt(withoutAction(spec), ref.namespace)
  if (at.problems.length > 0) return { problems: at.problems }
  const target: PolicyRef = { ...ref, kind: replaces }
  return {
    meaning: kept((catalogue) => ({
      ref,
      mode: 'staged',
      replaces: action === 'Ignore' ? null : target,
      blocks: action === 'Delete' || action === 'Ignore' ? [] : blocks(catalogue),
      tiers: [],
    })),
  }
}

/** Set where it is absent or empty. */
export function stagedActionAt(spec: Reader): 'Set' | 'Delete' | 'Learn' | 'Ignore' {
  if (!isGiven(spec, 'stagedAction')) return 'Set'
  return wordAt(field(spec, 'stagedAction'), ['Set', 'Delete', 'Learn', 'Ignore']) ?? 'Set'
}

/** A deletion says nothing else. */
export function checkDeletes(spec: Reader, allowed: readonly string[]): void {
  for (const name of unknownFields(spec, ['stagedAction', ...allowed]))
    if (isGiven(spec, name)) refuse(field(spec, name), 'must not be given where stagedAction is Delete')
}

/** The spec as the policy would have it that it stands for. */
export function withoutAction(spec: Reader): Reader {
  if (isAbsent(spec) || !isFields(spec.value)) return spec
  const { stagedAction: _, ...value } = spec.value
  return { ...spec, value }
}

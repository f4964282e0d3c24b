import type { ModelCatalogue } from './catalogue'
import type { Parsed, PolicyKind } from './kind'
import { kindOf, parseObject, policyKinds } from './kinds'
import type { ModelObject } from './model'
import type { Policy, PolicyRef } from './normal-form'
import type { Problem } from './problem'
import { refOf } from './read'
import { unreadPolicy } from './unread-policy'

/** An object of a known kind that cannot be read. What it may decide is undefined. */
export type UnreadObject = { readonly ref: PolicyRef; readonly problems: readonly Problem[] }

type Read = { readonly kind: PolicyKind; readonly parsed: Parsed }
type Known = { readonly policy: Policy; readonly text: string; readonly among: ModelCatalogue['model'] }

const parsedObjects = new WeakMap<ModelObject, Read | null>()
const policiesOf = new WeakMap<ModelObject, Known>()

/**
 * What an object means among the others; {} where it is no policy. An object that is asked for again and means the
 * same gives the same Policy, so that a change of the model is seen by comparing identities.
 */
export function readPolicy(
  object: ModelObject,
  catalogue: ModelCatalogue,
): { readonly policy?: Policy; readonly unread?: UnreadObject } {
  const read = parsedOnce(object)
  if (!read) return {}
  const { kind, parsed } = read
  if ('meaning' in parsed) {
    const { meaning } = parsed
    return { policy: sameAsBefore(policiesOf, object, catalogue, kind.standsAlone === true, () => meaning(catalogue)) }
  }
  const unread = { ref: refOf(object, kind.kind, kind.namespaced), problems: parsed.problems }
  if (kind.onlyReferredTo) return { unread }
  return {
    unread,
    policy: sameAsBefore(policiesOf, object, catalogue, true, () =>
      unreadPolicy(unread.ref, unread.problems, kind.mesh ?? null),
    ),
  }
}

function parsedOnce(object: ModelObject): Read | null {
  const known = parsedObjects.get(object)
  if (known !== undefined) return known
  const kind = kindOf(object)
  const read = kind && { kind, parsed: parseObject(kind, object) }
  parsedObjects.set(object, read)
  return read
}

function sameAsBefore(
  known: WeakMap<ModelObject, Known>,
  object: ModelObject,
  { model }: ModelCatalogue,
  standsAlone: boolean,
  make: () => Policy,
): Policy {
  const before = known.get(object)
  if (before && standsAlone && sameCluster(before.among, model)) return before.policy
  const policy = make()
  if (policy === before?.policy) return policy
  const text = standsAlone ? '' : JSON.stringify(policy)
  if (before && !standsAlone && before.text === text) return before.policy
  known.set(object, { policy, text, among: model })
  return policy
}

const sameCluster = (a: Known['among'], b: Known['among']) =>
  a.workloads === b.workloads &&
  a.namespaces === b.namespaces &&
  a.services === b.services &&
  a.nodes === b.nodes &&
  a.serviceAccounts === b.serviceAccounts

const impliedBefore = new WeakMap<object, Map<string, { readonly text: string; readonly policy: Policy }>>()

/** Policies without an object; as above, the same ones again where they mean the same. */
export function impliedPolicies(catalogue: ModelCatalogue): readonly Policy[] {
  const { workloads } = catalogue.model
  const before = impliedBefore.get(workloads) ?? new Map<string, { text: string; policy: Policy }>()
  impliedBefore.set(workloads, before)
  return policyKinds
    .flatMap((kind) => kind.implied?.(catalogue) ?? [])
    .map((policy, i) => {
      const text = JSON.stringify(policy)
      const known = before.get(String(i))
      if (known?.text === text) return known.policy
      before.set(String(i), { text, policy })
      return policy
    })
}

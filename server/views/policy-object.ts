import { stringify } from 'yaml'
import { z } from 'zod'
import { isPolicy } from '@/core/inventory/inventory-object'
import { inventoryKindOf } from '@/core/policy/inventory-policy'
import type { ModelObject } from '@/core/policy/model'
import { type PolicyRef, refKey } from '@/core/policy/normal-form'
import { buildObject } from '@/core/policy/pages/build-object'
import { judgeGround } from '@/core/policy/pages/judge-ground'
import { parseRefKey } from '@/core/policy/parse-ref-key'
import { bothScopes, inScope } from '@/core/scope'
import { database } from '@/server/database'
import { readObjectVersions } from '@/server/db/policy/read-object-versions'
import { pastTheWall } from '@/server/wall'
import { AppError } from '@/server/errors'
import { windowed } from '@/server/params'
import { loadKnownPolicies, policyClusterParam, settlePolicies } from '@/server/policy-question'
import { view } from '@/server/view'
import { objectPageSchema } from './schemas/policy-object'

const refParam = z
  .string()
  .max(1_000, 'at most 1000 characters')
  .transform((text, context): PolicyRef => {
    const ref = parseRefKey(text)
    if (ref) return ref
    context.addIssue({ code: 'custom', message: 'give the key of an object, `group/kind/namespace/name`' })
    return z.NEVER
  })
  .describe('Key of an object: `group/kind/namespace/name`, nothing for the namespace where it has none.')

/** What does one policy say and match, what did it do, and what was it before? */
export const policyObjectView = view({
  name: 'policyObject',
  path: 'policies/object',
  summary:
    'One policy object: YAML, owner, rules with hits and whom they match now, what is wrong with it, and its versions with who made them and what they changed.',
  params: windowed({ cluster: policyClusterParam, ref: refParam }),
  answer: objectPageSchema,
  maxAgeMs: 30_000,
  settle: (params) => settlePolicies(params),
  load: async (question, scope) => {
    const { ref, at } = question
    const ground = await loadKnownPolicies(question, scope)
    const { cluster } = ground
    const isKnown = ground.records.some((record) => refKey(record.ref) === refKey(ref))
    const namespace = ref.namespace ?? ''
    const named = { cluster, kind: inventoryKindOf(ref), namespace, name: ref.name }
    // What is known may lie outside of the scope's namespaces: a policy of the whole cluster, a default of the mesh.
    const versions = await pastTheWall(
      () => readObjectVersions(database(), named, at),
      (all, wall) => {
        const seen = bothScopes(scope, wall)
        // Of the whole cluster, and gone: whom it was about is not known any more.
        return isKnown || seen.all || (namespace !== '' && inScope(seen, { cluster, namespace })) ? all : []
      },
    )
    if (!isKnown && versions.length === 0) throw new AppError('not_found', 'There is no such policy, and was none.')
    return { ground, versions }
  },
  render: ({ ground, versions }, { ref }) => {
    const policies = versions.flatMap(({ object, ...when }) => (isPolicy(object) ? [{ ...when, object }] : []))
    const write = (object: ModelObject) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })
    return buildObject(judgeGround(ground), ref, policies, write)
  },
})

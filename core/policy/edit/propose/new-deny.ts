import type { Judgement } from '../../decision'
import type { ModelObject } from '../../model'
import { policyName } from '../../policy-name'
import { refOfObject } from '../../what-if/changed-model'
import { editObject } from '../edit-object'
import { isRefused } from '../kinds/kind-editor'
import { fieldsOf, withValue } from '../kinds/fields'
import { newPolicyBeside } from '../new-policy-beside'
import type { NewKind } from '../new-policy'
import type { NewRule } from '../policy-edit'
import { visualOf } from '../visual-of'
import { isolation } from './isolation'
import { endsOf, type Part, type Question, type Ways } from './part'
import { alsoSelected, keyOf, labelsOf, peersFor } from './peers-for'

/** New policies that stop a connection: of a kind that denies where the cluster has one, else by isolating. */
export function newDeny(question: Question, side: Judgement): Ways {
  const { own } = endsOf(question, side)
  if (!own || own.hostNetwork) return { ways: [], notes: [] }
  const kinds = side.layer === 'mesh' ? [] : denyingKinds(question)
  const denying = kinds.flatMap((kind) => denyingPolicy(question, side, kind))
  const meshed =
    side.layer === 'mesh' && own.mesh === 'istio' ? denyingPolicy(question, side, 'AuthorizationPolicy') : []
  const isolates =
    side.layer === 'network' && side.reason.code === 'no-policy'
      ? isolation(question.ground, question.compiled, { own: [own], direction: side.direction, without: question.flow })
      : []
  const note = 'A NetworkPolicy cannot deny one connection by itself: it isolates, and names whoever else passes.'
  return {
    ways: [...denying, ...meshed, ...isolates].map((part) => [part]),
    notes: isolates.length > 0 && denying.length === 0 ? [note] : [],
  }
}

/** Kinds with denials that the cluster has, by its CNI or by objects that are there. */
function denyingKinds({ ground }: Question): readonly NewKind[] {
  const has = (kind: string) => ground.model.objects.some((object) => object.kind === kind)
  return [
    ...(ground.profile === 'cilium' ? (['CiliumNetworkPolicy'] as const) : []),
    ...(ground.profile === 'calico' ? (['CalicoNetworkPolicy'] as const) : []),
    ...(has('ClusterNetworkPolicy') ? (['ClusterNetworkPolicy'] as const) : []),
  ]
}

function denyingPolicy(question: Question, side: Judgement, kind: NewKind): readonly Part[] {
  const { compiled, ground, port } = question
  const { own, other } = endsOf(question, side)
  if (!own) return []
  const { labels, others } = labelsOf(compiled, own)
  const about = { name: `${own.name}-deny`, namespace: own.namespace, labels, isolates: [side.direction] }
  const named = denyBlank(newPolicyBeside(ground.model.objects, kind, about), kind, side)
  const visual = visualOf(named)
  if (!visual) return []
  return peersFor(compiled, visual, side.direction, other).flatMap(({ peer, words, cautions }): readonly Part[] => {
    const rule: NewRule = { action: 'deny', peers: [peer], ports: [port], requests: 'everything' }
    const denying = editObject(named, { edit: 'add-rule', direction: side.direction, rule })
    if (isRefused(denying)) return []
    const object = kind === 'CalicoNetworkPolicy' ? withPass(denying, side) : denying
    const what = side.direction === 'ingress' ? `be reached by ${words}` : `reach ${words}`
    return [
      {
        how: 'new-policy',
        words: `Write a new ${policyName(refOfObject(object))} that does not let ${keyOf(own)} ${what}`,
        ref: refOfObject(object),
        edits: object,
        cautions: [...cautions, ...alsoSelected(own, others)],
      },
    ]
  })
}

/** What it says before its rule: it must isolate nobody. */
function denyBlank(object: ModelObject, kind: NewKind, { direction }: Judgement) {
  if (kind === 'AuthorizationPolicy') return withValue(object, ['spec', 'action'], 'DENY')
  if (kind !== 'CiliumNetworkPolicy') return object
  const open = withValue(object, ['spec', direction], undefined)
  return withValue(open, ['spec', 'enableDefaultDeny'], { [direction]: false })
}

/** Behind the denial, the rest goes on to what is read later. */
function withPass(object: ModelObject, { direction }: Judgement) {
  const rules = fieldsOf(object.spec)[direction]
  return withValue(object, ['spec', direction], [...(Array.isArray(rules) ? rules : []), { action: 'Pass' }])
}

import type { Judgement } from '../../decision'
import { policyName } from '../../policy-name'
import { defaultTier } from '../../tiers'
import { editObject } from '../edit-object'
import { isRefused } from '../kinds/kind-editor'
import { freeName } from '../free-name'
import { type NewKind, newPolicy } from '../new-policy'
import { visualOf } from '../visual-of'
import { refOfObject } from '../../what-if/changed-model'
import { endsOf, type Part, type Question } from './part'
import { alsoSelected, keyOf, labelsOf, peersFor } from './peers-for'

/** A new policy beside those that isolate already, so that it takes nothing away. */
export function newAllow(question: Question, side: Judgement): readonly Part[] {
  const { compiled, ground, port } = question
  const { own, other } = endsOf(question, side)
  if (side.layer === 'mesh' && own?.mesh !== 'istio') return []
  if (!own || own.hostNetwork || (side.layer === 'network' && side.steps.at(-1)?.tier !== defaultTier.name)) return []
  const kind: NewKind = side.layer === 'mesh' ? 'AuthorizationPolicy' : 'NetworkPolicy'
  const { labels, others } = labelsOf(compiled, own)
  const like = {
    group: side.layer === 'mesh' ? 'security.istio.io' : 'networking.k8s.io',
    kind,
    namespace: own.namespace,
  }
  const name = freeName(ground.model.objects, `${own.name}-${side.direction}`, like)
  const blank = newPolicy(kind, { name, namespace: own.namespace, labels, isolates: [side.direction] })
  const visual = visualOf(blank)
  if (!visual) return []
  return peersFor(compiled, visual, side.direction, other).flatMap((named): readonly Part[] => {
    const rule = { action: 'allow', peers: [named.peer], ports: [port], requests: 'everything' } as const
    const object = editObject(blank, { edit: 'add-rule', direction: side.direction, rule })
    if (isRefused(object)) return []
    const ref = refOfObject(object)
    const words = `Write a new ${policyName(ref)} that lets ${keyOf(own)} ${side.direction === 'ingress' ? `be reached by ${named.words}` : `reach ${named.words}`}`
    return [
      { how: 'new-policy', words, ref, edits: object, cautions: [...named.cautions, ...alsoSelected(own, others)] },
    ]
  })
}

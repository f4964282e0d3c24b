import type { CompiledPolicies } from '../../compile'
import type { PolicyGround } from '../../ground'
import type { Direction } from '../../normal-form'
import { policyName } from '../../policy-name'
import { refOfObject } from '../../what-if/changed-model'
import { editObject } from '../edit-object'
import { isRefused } from '../kinds/kind-editor'
import type { NewKind } from '../new-policy'
import { newPolicyBeside } from '../new-policy-beside'
import type { ModelObject } from '../../model'
import type { Part } from './part'
import { alsoSelected, keyOf, labelsOf } from './peers-for'
import { type Isolated, recordedRules } from './recorded-rules'

/** A new policy that isolates and lets pass what was recorded, and a NetworkPolicy that lets nothing pass. */
export function isolation(ground: PolicyGround, compiled: CompiledPolicies, about: Isolated): readonly Part[] {
  const { own, direction } = about
  const [first] = own
  if (!first) return []
  const { labels, others } = about.namespace === undefined ? labelsOf(compiled, first) : { labels: {}, others: [] }
  const who = about.namespace === undefined ? keyOf(first) : `every pod of ${about.namespace}`
  const also = about.namespace === undefined ? alsoSelected(first, others) : []
  const blankOf = (kind: NewKind) =>
    newPolicyBeside(ground.model.objects, kind, {
      name: `${about.namespace === undefined ? first.name : 'namespace'}-${direction}`,
      namespace: first.namespace,
      labels,
      isolates: [direction],
    })
  const part = (edits: ModelObject, rest: string, cautions: readonly string[] = []): Part => ({
    how: 'new-policy',
    words: `Write a new ${policyName(refOfObject(edits))} that isolates the ${direction} of ${who} and ${rest}`,
    ref: refOfObject(edits),
    edits,
    cautions: [...also, ...cautions],
  })
  const recordedAs = (kind: NewKind) => {
    const blank = blankOf(kind)
    const { rules, unnamed } = recordedRules(ground, compiled, about, blank)
    const cautions = unnamed.length > 0 ? [nodeCaution(unnamed, direction)] : []
    const parts =
      rules.length > 0 ? [part(withRules(blank, direction, rules), 'lets pass what was recorded', cautions)] : []
    return { parts, unnamed, cautions }
  }
  const plain = recordedAs('NetworkPolicy')
  // Of these only Cilium has words for nodes.
  const worded = plain.unnamed.length > 0 && ground.profile === 'cilium' ? recordedAs('CiliumNetworkPolicy').parts : []
  const recorded = [...worded, ...plain.parts]
  const nobody = part(blankOf('NetworkPolicy'), 'lets nobody pass', recorded.length > 0 ? [] : plain.cautions)
  return about.without && recorded.length > 0 ? recorded : [...recorded, nobody]
}

const withRules = (blank: ModelObject, direction: Direction, rules: readonly NewRule[]) =>
  rules.reduce<ModelObject>((object, rule) => {
    const next = editObject(object, { edit: 'add-rule', direction, rule })
    return isRefused(next) ? object : next
  }, blank)

type NewRule = ReturnType<typeof recordedRules>['rules'][number]

const most = 3

/** A NetworkPolicy knows nodes by their addresses only, which are others when a node is replaced. */
function nodeCaution(unnamed: readonly string[], direction: Direction): string {
  const shown = unnamed.slice(0, most).join(', ')
  const more = unnamed.length > most ? ` and ${unnamed.length - most} more` : ''
  return direction === 'ingress'
    ? `What comes from nodes (${shown}${more}) is not named, since addresses of nodes change. From a pod’s own node it is let in all the same, as probes are; from other nodes it is stopped.`
    : `What goes to nodes (${shown}${more}) is not named, since addresses of nodes change: it is stopped.`
}

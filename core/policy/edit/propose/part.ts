import type { CompiledPolicies } from '../../compile'
import type { Flow, Judgement } from '../../decision'
import type { PolicyGround } from '../../ground'
import type { ModelObject } from '../../model'
import { type PolicyRef, refKey } from '../../normal-form'
import { objectKeys } from '../../what-if/changed-model'
import type { PolicyEdit } from '../policy-edit'
import type { Proposal } from '../proposal'
import type { PortChoice, Visual } from '../visual'
import { visualOf } from '../visual-of'

/** What is done to one object: edits of it, or all of it where it is new. */
export type Part = {
  readonly how: Exclude<Proposal['how'], 'several'>
  /** A sentence without its full stop. */
  readonly words: string
  readonly ref: PolicyRef
  readonly edits: readonly PolicyEdit[] | ModelObject
  readonly cautions: readonly string[]
}

/** What proposals for one connection are made from. */
export type Question = {
  readonly ground: PolicyGround
  readonly compiled: CompiledPolicies
  readonly flow: Flow
  /** `flow.port` as rules write it. */
  readonly port: PortChoice
}

/** Ways to change one side, and what stands in the way of others. */
export type Ways = { readonly ways: readonly (readonly Part[])[]; readonly notes: readonly string[] }

/** A policy of the ground that has a visual form; null: it is shown as YAML only, or it is no object. */
export function policyAt(
  { model }: PolicyGround,
  ref: PolicyRef,
): { readonly object: ModelObject; readonly visual: Visual } | null {
  const object = model.objects[objectKeys(model.objects).indexOf(refKey(ref))]
  const visual = object && visualOf(object)
  return object && visual ? { object, visual } : null
}

/** The workload that a judgement is about, and the other end. */
export function endsOf({ flow }: Question, { direction }: Judgement) {
  const [own, other] = direction === 'ingress' ? [flow.to, flow.from] : [flow.from, flow.to]
  return { own: own.type === 'workload' ? own.workload : null, other }
}

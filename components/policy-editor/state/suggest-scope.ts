import type { Visual } from '@/core/policy/edit/visual'
import type { PolicyGround } from '@/core/policy/ground'
import { workloadName } from '@/core/policy/model'
import type { SuggestScope } from '@/core/policy/what-if/ground-suggestions'
import { subjectOf } from '../visual/subject-of'

/** A workload by its number. */
export function scopeOfWorkload({ model }: PolicyGround, at: number | null): SuggestScope | null {
  const workload = at === null ? undefined : model.workloads[at]
  return workload ? { type: 'workload', workload: workloadName(workload) } : null
}

/** Whom a policy is about: its one workload, else its namespace. */
export function scopeOfSubject(ground: PolicyGround, visual: Visual | null, namespace: string | null): SuggestScope {
  const picked = visual ? subjectOf(visual, ground.model) : 'unknown'
  const only = picked !== 'unknown' && picked.workloads.length === 1 ? picked.workloads[0] : undefined
  if (only) return { type: 'workload', workload: workloadName(only) }
  const all = ground.model.namespaces.map(({ name }) => name)
  return { type: 'namespaces', namespaces: namespace === null ? all : [namespace] }
}

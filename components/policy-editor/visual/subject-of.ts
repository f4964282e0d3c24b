import { type Picked, subjectPicked } from '@/core/policy/edit/match-picks'
import type { Visual } from '@/core/policy/edit/visual'
import type { Model } from '@/core/policy/model'

/** The workloads that the policy is about now. */
export const subjectOf = ({ subject, ref }: Visual, model: Model): Picked =>
  subjectPicked(subject.value, ref.namespace, model)

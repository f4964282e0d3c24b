import { tiersOf } from '../../evaluate'
import { yes } from '../../tri'
import type { Workload } from '../../model'
import { policyName } from '../../policy-name'
import type { PreparedGround } from '../../what-if'
import { sameData } from '../object-op'
import type { Proposals, Wish } from '../proposal'
import { visualOf } from '../visual-of'
import { isolation } from './isolation'
import type { Part } from './part'
import { keyOf, labelsOf } from './peers-for'
import { measured, sketch, type TextOf } from './try-parts'

type Isolate = Extract<Wish, { wish: 'isolate' }>

/** Ways to govern a direction of a workload or of a whole namespace. */
export function proposeIsolation(prepared: PreparedGround, wish: Isolate, textOf: TextOf): Proposals {
  const { ground } = prepared
  const compiled = prepared.compiled('left-out')
  const { subject, direction } = wish
  const own = ground.model.workloads.filter((workload, i) =>
    'workload' in subject ? i === subject.workload : workload.namespace === subject.namespace && !workload.hostNetwork,
  )
  if (own.length === 0) return { now: null, proposals: [], notes: ['There is nobody to isolate.'] }
  const isIsolated = (workload: Workload) =>
    tiersOf(compiled, workload, 'network', direction).some(({ blocks }) =>
      blocks.some(({ block, selects }) => block.isolates && selects === yes),
    )
  const open = own.filter((workload) => !isIsolated(workload))
  if (open.length === 0) return { now: null, proposals: [], notes: [`The ${direction} is isolated already.`] }
  const about = 'workload' in subject ? { own, direction } : { own, direction, namespace: subject.namespace }
  const parts = [...existing(prepared, wish, own), ...isolation(ground, compiled, about)]
  const sketches = parts.flatMap((part) => sketch(prepared, [part], textOf) ?? [])
  const some = open.length < own.length ? [`${own.length - open.length} of ${own.length} are isolated already.`] : []
  return { now: null, proposals: sketches.map((one) => measured(prepared, null, one)), notes: some }
}

/** A policy about the very same pods may govern this direction too. */
function existing(
  { ground, compiled }: PreparedGround,
  { subject, direction }: Isolate,
  own: readonly Workload[],
): readonly Part[] {
  const [first] = own
  if (!first) return []
  const wanted = 'workload' in subject ? labelsOf(compiled('left-out'), first).pods : { terms: [] }
  return ground.model.objects.flatMap((object): readonly Part[] => {
    const visual = visualOf(object)
    if (!visual?.can.isolation || visual.staged || visual.ref.namespace !== first.namespace) return []
    const { pods, other } = visual.subject.value
    if (other !== null || !sameData(pods, wanted)) return []
    if (visual.sides.every((side) => side.direction !== direction || side.isolates)) return []
    const who = 'workload' in subject ? keyOf(first) : subject.namespace
    return [
      {
        how: 'add-rule',
        words: `Let ${policyName(visual.ref)} govern the ${direction} of ${who} too, which lets nobody pass until a rule does`,
        ref: visual.ref,
        edits: [{ edit: 'set-isolation', direction, isolates: true }],
        cautions: [],
      },
    ]
  })
}

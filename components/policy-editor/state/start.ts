import { newKinds } from '@/core/policy/edit/new-policy'
import type { Proposals, Wish } from '@/core/policy/edit/proposal'
import type { PolicyGround } from '@/core/policy/ground'
import type { Proposed } from '../../policy-what-if/protocol'
import type { Entry } from '../entry'
import type { DraftObject } from './draft-object'
import { baseOf, blankText, newObject, openedObject, proposedObjects } from './opened-objects'
import { wishOf, workloadOf } from './wish'

/** What an editor begins with. */
export type Start = {
  readonly objects: readonly DraftObject[]
  readonly wish: Wish | null
  readonly proposals: Proposals | null
  /** Key of the proposal that the objects are of. */
  readonly chosen: string | null
  /** Why nothing is open, or what to know, in sentences. */
  readonly sentences: readonly string[]
  /** Suggestions from traffic are opened for this workload (number in the model); null: they are not. */
  readonly suggestFor: number | null
}

const nothing: Start = { objects: [], wish: null, proposals: null, chosen: null, sentences: [], suggestFor: null }

/** What the address opens, given the cluster, and what is proposed for its wish where it has one. Drafts are opened by who has read them. */
export function startOf(ground: PolicyGround, entry: Entry, proposed: Proposed | null): Start {
  switch (entry.from) {
    case 'start':
    case 'draft':
    case 'namespace':
      return nothing
    case 'ref': {
      const base = baseOf(ground, entry.key)
      const object = base && openedObject(ground, base.ref)
      if (object) return { ...nothing, objects: [object] }
      return { ...nothing, sentences: [`There is no such object in ${ground.cluster} now. It may have been deleted.`] }
    }
    case 'new':
      return newStart(ground, entry.kind)
    case 'least': {
      const workload = workloadOf(ground, entry.endpoint)
      if (workload === null) return { ...nothing, sentences: ['This workload is not known in the cluster any more.'] }
      return { ...nothing, suggestFor: workload }
    }
    default:
      return wishStart(ground, entry, proposed)
  }
}

function newStart(ground: PolicyGround, kind: string): Start {
  const known = newKinds.find((one) => one === kind)
  if (!known) return { ...nothing, sentences: [`No policy of the kind ${kind} can be begun here.`] }
  const spaces = ground.model.namespaces.map(({ name }) => name)
  const namespace = spaces.find((name) => name === 'default') ?? spaces[0] ?? 'default'
  return { ...nothing, objects: [newObject(blankText(known, namespace, ground.model.objects))] }
}

function wishStart(ground: PolicyGround, entry: Entry, proposed: Proposed | null): Start {
  const wish = wishOf(ground, entry)
  if (!wish) return { ...nothing, sentences: ['What this was opened from is not known in the cluster any more.'] }
  if (!proposed) return { ...nothing, wish, sentences: ['What could be changed was not worked out. Open it again.'] }
  const { proposals, deciding } = proposed
  const [best] = proposals.proposals
  const about = { ...nothing, wish, proposals, sentences: proposals.notes }
  if (wish.wish === 'why' || !best)
    return { ...about, objects: deciding.flatMap((ref) => openedObject(ground, ref) ?? []) }
  return { ...about, chosen: best.key, objects: proposedObjects(ground, best.changes) }
}

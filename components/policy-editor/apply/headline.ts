import { policyName } from '@/core/policy/policy-name'
import { formatTime, plural } from '../../format'
import type { Status } from '../../status-mark'
import { type ConfirmationAnswer, takenBack } from './confirmation'

/** What traffic says of a change as a whole; `status` null: nothing that would have a mark. */
export function headline(answer: ConfirmationAnswer): { readonly status: Status | null; readonly words: string } {
  const { counts, edges, since, objects } = answer
  const unseen = objects.find(
    ({ state, seenAt, undoneBy }) => state === 'applied' && seenAt === null && undoneBy === null,
  )
  if (unseen) return { status: null, words: `The cluster has not told of ${policyName(unseen.ref)} yet.` }
  if (edges.length === 0)
    return { status: null, words: 'No recorded edge is watched: of none was it known what this does to it.' }
  if (counts.contradicted > 0)
    return {
      status: 'bad',
      words: `Contradicted by traffic: ${counts.contradicted} of ${plural(edges.length, 'edge')} since ${formatTime(since)}.`,
    }
  if (counts.mixed > 0)
    return { status: 'warn', words: 'Traffic agrees in part: some was let pass and some was stopped.' }
  const changed = edges.filter(({ becomes }) => becomes !== 'stays-allowed')
  // That something goes on does not confirm a change.
  if ((changed.length > 0 ? changed : edges).some(({ state }) => state === 'confirmed'))
    return {
      status: 'ok',
      words: `Confirmed by traffic: ${counts.confirmed} of ${plural(edges.length, 'edge')} since ${formatTime(since)}.`,
    }
  if (takenBack(answer)?.left === 0)
    return { status: null, words: 'No traffic was seen between the change and its undo.' }
  return { status: 'unknown', words: `No traffic yet since ${formatTime(since)}; watching.` }
}

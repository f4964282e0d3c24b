import { kindOf, parseObject } from '../kinds'
import type { ModelObject } from '../model'
import { refKey } from '../normal-form'
import type { PolicyChange } from '../policy-change'
import type { Problem } from '../problem'
import type { DraftProblem } from './answer'
import { refOfChange } from './changed-model'

/** By `refKey`: how an object of the draft was when it could last be read. */
export type LastReadable = ReadonlyMap<string, PolicyChange>

export type ReadableChanges = {
  readonly changes: readonly PolicyChange[]
  readonly problems: readonly DraftProblem[]
  readonly last: LastReadable
}

/** The draft without what cannot be read: in its place the last that could be, else the object stays as it is. */
export function readableChanges(changes: readonly PolicyChange[], before: LastReadable = new Map()): ReadableChanges {
  const last = new Map<string, PolicyChange>()
  const problems: DraftProblem[] = []
  const readable = changes.flatMap((change): readonly PolicyChange[] => {
    const ref = refOfChange(change)
    const found = change.change === 'put' ? problemsOf(change.object) : []
    const stands = found.length === 0 ? change : before.get(refKey(ref))
    if (found.length > 0) problems.push({ ref, problems: found, stands: stands ? 'last-readable' : 'as-it-is' })
    if (!stands) return []
    last.set(refKey(ref), stands)
    return [stands]
  })
  return { changes: readable, problems, last }
}

/** Why its API server would refuse an object, as far as its kind is known. */
export function problemsOf(object: ModelObject): readonly Problem[] {
  const kind = kindOf(object)
  if (!kind) return [{ path: 'kind', reason: 'is no kind of policy that is known here' }]
  const parsed = parseObject(kind, object)
  return 'problems' in parsed ? parsed.problems : []
}

import { sourceName } from '../../sources/source-name'
import type { GroundEdge } from '../ground'
import type { JudgedEdge } from './judge-ground'

/** What happened is not what the policies say. */
export type Difference = {
  readonly says: 'allowed' | 'denied'
  /** The last time that it was so, milliseconds. */
  readonly last: number
  /** One or two sentences: what is so, and what may be the cause. */
  readonly text: string
}

/** Networks take a moment to enforce what was written, and buckets are ten seconds long. */
const settlesWithinMs = 60_000

/**
 * Whether traffic passed that the policies deny, or was stopped although they allow it, since they were last changed
 * (`lastChange`, milliseconds; what was before obeyed others). null: not so, or nobody can tell.
 */
export function differenceOf({ edge, judged }: JudgedEdge, lastChange: number | null): Difference | null {
  const settled = lastChange === null ? Number.NEGATIVE_INFINITY : lastChange + settlesWithinMs
  const { allowed, denied, lastAllowed, lastDenied } = edge
  const verdict = judged?.decision.verdict
  if (verdict === 'allowed' && denied && lastDenied !== null && lastDenied > settled)
    return { says: 'allowed', last: lastDenied, text: deniedText(edge, denied) }
  if (
    verdict === 'denied' &&
    allowed &&
    lastAllowed !== null &&
    lastAllowed > settled &&
    !hasMoved(judged, lastAllowed)
  )
    return { says: 'denied', last: lastAllowed, text: allowedText(edge, allowed) }
  return null
}

/** What came from a node may have been for a pod that ran there at the time, which its node always reaches. */
function hasMoved(judged: JudgedEdge['judged'], last: number): boolean {
  const { from, to } = judged?.flow ?? {}
  if (from?.type !== 'node' || to?.type !== 'workload') return false
  const { placedAt } = to.workload
  return placedAt !== undefined && last < placedAt + settlesWithinMs
}

const deniedText = ({ witness }: GroundEdge, denied: number): string =>
  `The policies allow this, yet ${counted(denied)} denied (told by ${sourceName(witness)}). Something that Oriel does not see denies it, such as a policy of a kind or place that is not read, a firewall or a proxy; or enforcement lags behind.`

const allowedText = ({ witness }: GroundEdge, allowed: number): string =>
  `The policies deny this, yet ${counted(allowed)} let pass (told by ${sourceName(witness)}). The network may not enforce them, or enforces them late, or only on new connections.`

const counted = (n: number): string => (n === 1 ? '1 connection was' : `${n.toLocaleString('en-US')} connections were`)

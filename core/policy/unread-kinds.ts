import { kindOfSource } from '../sources/kind-source'
import type { SourceFreshness } from '../world'
import type { PolicyGround } from './ground'
import { isPolicyKind } from './inventory-policy'

type KindSource = Pick<SourceFreshness, 'id' | 'type' | 'cluster' | 'state' | 'lastEventAt'> & {
  readonly message: string
}

/**
 * Kinds of policies of a cluster that it serves, or may serve, and that are not known: reading them is refused, or has
 * not come about yet. A kind that was read before and waits for the API server is known as it was; one that is not served
 * is `idle`.
 */
export const unreadKinds = (sources: readonly KindSource[], cluster: string): PolicyGround['unread'] =>
  sources.flatMap(({ id, type, cluster: own, state, lastEventAt, message }) => {
    const kind = kindOfSource(id)
    if (type !== 'kubernetes' || own !== cluster || !isPolicyKind(kind)) return []
    if (state === 'failed') return [{ kind, reason: message }]
    const isKnown = state === 'idle' || state === 'running' || lastEventAt !== null
    return isKnown ? [] : [{ kind, reason: message || 'It has not been read yet.' }]
  })

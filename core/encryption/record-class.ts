import type { Facet } from '../world'
import { wayOfRow } from './way-of-row'
import { identityOfRow } from './identity-of-row'

/** What one flow can be called: by its layers, so that mTLS in a tunnel is `mtls`, `tunnel` and both. */
export type RecordWord = 'mtls+tunnel' | 'mtls' | 'tunnel' | 'tls' | 'same-node' | 'plaintext' | 'unknown'

/** A port of no meaning: of a flow only what was seen of it counts. */
const nowhere = { port: 0, protocol: 'unknown' } as const

const words = new WeakMap<Pick<Facet, 'encryption'>, ReadonlySet<RecordWord>>()

/**
 * What a flow is, by what its own witness saw and by the way between the nodes, whatever others know of its edge.
 * Plaintext is what was seen in plaintext and is not known to have been in a tunnel or to have stayed on its node. O(1).
 */
export function recordWords(facet: Facet): ReadonlySet<RecordWord> {
  let known = words.get(facet)
  if (!known) words.set(facet, (known = new Set(wordsOf(facet))))
  return known
}

function wordsOf(facet: Facet): readonly RecordWord[] {
  const identity = identityOfRow({ facet }, nowhere)
  const way = wayOfRow({ facet })
  if (identity === 'mtls') return way === 'tunnel' ? ['mtls+tunnel', 'mtls', 'tunnel'] : ['mtls']
  const tls = identity === 'tls' ? (['tls'] as const) : []
  if (way === 'tunnel') return [...tls, 'tunnel']
  if (tls.length > 0) return tls
  if (way === 'same-node') return ['same-node']
  return identity === 'plaintext' ? ['plaintext'] : ['unknown']
}

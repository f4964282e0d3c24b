import type { ModelCatalogue } from '../catalogue'
import type { EndMatch } from '../end-match'
import type { Rule } from '../normal-form'
import { plainlyCalled } from './istio-destination-rule'
import { readPeers } from './istio-peer-modes'
import { istioGroup } from './istio-values'
import { objectsOf } from './mesh-objects'

/** Workloads to which connections may be plaintext, because a PeerAuthentication or a DestinationRule says so; null: none. */
export function plainWorkloads(catalogue: ModelCatalogue): EndMatch | null {
  const off = objectsOf(catalogue, istioGroup, 'PeerAuthentication').flatMap((object) => {
    const read = readPeers(object)
    return 'subject' in read && read.level !== null && read.modes.includes('DISABLE') ? [read.subject] : []
  })
  const called = plainlyCalled(catalogue)
  const of = called ? [...off, called] : off
  return of.length === 0 ? null : { is: 'some', of }
}

const unproven: EndMatch = { is: 'unclear', doubt: 'a PeerAuthentication or a DestinationRule may turn mTLS off there' }

/** The rule where nobody can be sure to prove an identity. */
export const withoutProof = (rule: Rule): Rule => ({ ...rule, peer: doubted(rule.peer) })

function doubted(match: EndMatch): EndMatch {
  if (match.is === 'identity') return { is: 'every', of: [match, unproven] }
  if (match.is === 'not') return { is: 'not', of: doubted(match.of) }
  return match.is === 'every' || match.is === 'some' ? { is: match.is, of: match.of.map(doubted) } : match
}

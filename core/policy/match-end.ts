import type { End } from './decision'
import type { EndMatch, NamespaceMatch } from './end-match'
import { labelsMatch } from './label-match'
import type { Workload } from './model'
import { addressMatches } from './match-address'
import { identityMatches } from './match-identity'
import { placeMatches } from './match-place'
import type { Sight } from './sight'
import { textMatches } from './request-match'
import { maybe, no, type Tri, triEvery, triNot, triOf, triSome, yes } from './tri'

/** Whether an end fits a condition. */
export function endMatches(match: EndMatch, end: End, sight: Sight): Tri {
  switch (match.is) {
    case 'anything':
      return yes
    case 'nothing':
      return no
    case 'every':
      return triEvery(match.of, (part) => endMatches(part, end, sight))
    case 'some':
      return triSome(match.of, (part) => endMatches(part, end, sight))
    case 'not':
      return triNot(endMatches(match.of, end, sight))
    case 'unclear':
      sight.doubt(match.doubt)
      return maybe
    default:
      if (end.type === 'external' && end.rewritten === true && sight.habits.rewritten === 'open') {
        sight.doubt(`${end.address} was rewritten on the way, and policies may have seen another address`)
        return maybe
      }
      return atomMatches(match, end, sight)
  }
}

type Atom = Exclude<EndMatch, { is: 'anything' | 'nothing' | 'unclear' | 'every' | 'some' | 'not' }>

function atomMatches(match: Atom, end: End, sight: Sight): Tri {
  switch (match.is) {
    case 'workload':
      return podMatches(
        end,
        sight,
        ({ namespace, labels }) =>
          namespaceFits(match.namespace, namespace, sight) && labelsMatch(match.labels, labels),
      )
    case 'account':
      return podMatches(end, sight, ({ namespace, serviceAccount }) => {
        if (!namespaceFits(match.namespace, namespace, sight)) return false
        if (match.names !== null && !match.names.includes(serviceAccount)) return false
        return labelsMatch(match.labels, sight.serviceAccount(namespace, serviceAccount)?.labels ?? {})
      })
    case 'address':
      return addressMatches(match, end, sight)
    case 'place':
      return placeMatches(match.places, end, sight)
    case 'dns-name':
      if (end.type !== 'external') return no
      if (end.names) return triOf(end.names.some((name) => textMatches(match.names, name)))
      sight.doubt(`the DNS names of ${end.address} are not known`)
      return maybe
    case 'identity':
      return identityMatches(match.mesh, match.names, end, sight)
    case 'mesh':
      if (end.type !== 'workload') return no
      if (end.workload.mesh !== 'unknown') return triOf(end.workload.mesh === match.mesh)
      sight.doubt(`whether ${end.workload.name} has a proxy is not known`)
      return maybe
  }
}

/** Pods on the network of their node have its address and no place of their own among pods; CNIs differ in what they see. */
function podMatches(end: End, sight: Sight, fits: (workload: Workload) => boolean): Tri {
  if (end.type !== 'workload') return no
  if (!end.workload.hostNetwork) return triOf(fits(end.workload))
  if (sight.habits.selectsHostNetwork === 'no' || !fits(end.workload)) return no
  sight.doubt(`${end.workload.name} is on the network of its node, where selectors may not see it`)
  return maybe
}

function namespaceFits(match: NamespaceMatch, name: string, sight: Sight): boolean {
  if (match.by === 'any') return true
  if (match.by === 'name') return match.names.includes(name)
  return labelsMatch(match.labels, sight.namespace(name)?.labels ?? {})
}

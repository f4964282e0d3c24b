import type { End } from './decision'
import type { Place } from './end-match'
import type { Sight } from './sight'
import { maybe, no, type Tri, triOf, triSome, yes } from './tri'

/** Whether an end is at one of these places, seen from the subject. */
export const placeMatches = (places: readonly Place[], end: End, sight: Sight): Tri =>
  places.includes('own-node') && places.includes('other-node') && onNode(end)
    ? yes
    : triSome(places, (place) => oneMatches(place, end, sight))

function oneMatches(place: Place, end: End, sight: Sight): Tri {
  switch (place) {
    case 'workload':
      return triOf(end.type === 'workload' && !end.workload.hostNetwork)
    case 'outside':
      return triOf(end.type === 'external')
    case 'kube-apiserver':
      return isApiServer(end, sight)
    default: {
      if (!onNode(end)) return no
      const own = onOwnNode(end, sight.subject.nodes)
      if (own === maybe) sight.doubt(`which node ${sight.subject.name} runs on is not known, or it runs on several`)
      return own === maybe ? maybe : triOf((own === yes) === (place === 'own-node'))
    }
  }
}

const onNode = (end: End) => end.type === 'node' || (end.type === 'workload' && end.workload.hostNetwork)

/** Whether a node, or a pod on its network, is the node of these pods. */
export function onOwnNode(end: End, own: readonly string[]): Tri {
  const names = end.type === 'node' ? [end.name] : end.type === 'workload' ? end.workload.nodes : []
  if (names.length === 0 || own.length === 0) return maybe
  if (!names.some((name) => own.includes(name))) return no
  return names.length === 1 && own.length === 1 ? yes : maybe
}

function isApiServer(end: End, { apiServer, doubt }: Sight): Tri {
  if (end.type === 'workload' && !end.workload.hostNetwork) return no
  if (apiServer === null) {
    doubt('the addresses of the API server are not known')
    return maybe
  }
  if (end.type === 'external' && end.address === '') {
    doubt('whether it is the API server is not known')
    return maybe
  }
  const addresses = end.type === 'external' ? [end.address] : end.type === 'node' ? end.addresses : end.workload.ips
  return triOf(addresses.some((address) => apiServer.has(address)))
}

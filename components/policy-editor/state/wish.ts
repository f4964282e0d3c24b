import { type Endpoint, parseEndpointKey } from '@/core/endpoint'
import type { Wish, WishedEdge } from '@/core/policy/edit/proposal'
import type { GroundEnd, PolicyGround } from '@/core/policy/ground'
import { portProtocols } from '@/core/policy/ports'
import { isOutside } from '@/core/redact'
import type { Entry } from '../entry'

/** The edge of the map that an id names, as far as the ground knows its ends; null where the text is no id. */
export function wishedEdge(ground: PolicyGround, id: string): WishedEdge | null {
  const known = ground.edges.find((edge) => edge.id === id)
  if (known) return known
  const [from, to, port, protocol] = id.split('|')
  if (from === undefined || to === undefined) return null
  const number = Number(port)
  return {
    from: endOf(ground, from),
    to: endOf(ground, to),
    protocol: portProtocols.find((one) => one.toLowerCase() === protocol?.toLowerCase()) ?? 'TCP',
    port: Number.isInteger(number) && number > 0 ? number : null,
  }
}

/** Number of the workload of an endpointKey in the model; null: it is none. */
export function workloadOf({ model }: PolicyGround, key: string): number | null {
  const endpoint = parseEndpointKey(key)
  const at = model.workloads.findIndex(
    ({ namespace, name, kind }) =>
      namespace === endpoint?.namespace && name === endpoint.name && kind === endpoint.kind,
  )
  return at < 0 ? null : at
}

function endOf(ground: PolicyGround, key: string): GroundEnd {
  const endpoint = parseEndpointKey(key)
  const workload = workloadOf(ground, key)
  if (workload !== null) return { type: 'workload', workload }
  if (endpoint?.kind === 'Node') return { type: 'node', name: endpoint.name }
  if (endpoint?.kind === 'External')
    return /^[\d.]+$|:/.test(endpoint.name)
      ? { type: 'external', address: endpoint.name, names: [] }
      : { type: 'external', address: '', names: [endpoint.name] }
  return { type: 'unknown', why: endpoint && isForeign(ground, endpoint) ? 'hidden' : 'not-known' }
}

/** Of a namespace that the viewer does not see; an address that another made may name it. */
const isForeign = ({ hidesNamespaces, model }: PolicyGround, end: Endpoint) =>
  isOutside(end) ||
  (hidesNamespaces && end.namespace !== '' && !model.namespaces.some(({ name }) => name === end.namespace))

/** What the address wishes; null: it wishes nothing, or what it names is not known. */
export function wishOf(ground: PolicyGround, entry: Entry): Wish | null {
  if (entry.from === 'allow' || entry.from === 'deny' || entry.from === 'why') {
    const edge = wishedEdge(ground, entry.edge)
    return edge && { wish: entry.from, edge }
  }
  if (entry.from !== 'isolate') return null
  const [, namespace, ...more] = entry.endpoint.split('/')
  if (namespace && more.length === 0)
    return ground.model.namespaces.some(({ name }) => name === namespace)
      ? { wish: 'isolate', direction: 'ingress', subject: { namespace } }
      : null
  const workload = workloadOf(ground, entry.endpoint)
  return workload === null ? null : { wish: 'isolate', direction: 'ingress', subject: { workload } }
}

/** An end as a question names it; null: nothing can be asked of it. */
export function endQuestion({ model }: PolicyGround, end: GroundEnd): string | null {
  switch (end.type) {
    case 'workload': {
      const workload = model.workloads[end.workload]
      return workload ? `${workload.namespace}/${workload.name}[${workload.kind}]` : null
    }
    case 'node':
      return `node ${end.name}`
    case 'external':
      return end.address || (end.names[0] ?? null)
    case 'unknown':
      return null
  }
}

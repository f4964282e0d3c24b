import { parseAddress } from '../cidr'
import { type Endpoint, endpointType } from '../endpoint'
import { outside } from '../redact'
import type { GroundEnd } from './ground'
import { addressKey } from './load-endpoints'
import type { Model, Workload } from './model'
import type { PortProtocol } from './ports'
import { serviceTarget } from './service-target'

/** Looks ends of edges up in a model. */
export type EndFinder = {
  readonly end: (endpoint: Endpoint) => GroundEnd
  /** The end that an edge goes to; a Service with one workload behind it on one port is that one. Port 0: none, or not known. */
  readonly target: (
    endpoint: Endpoint,
    protocol: PortProtocol,
    port: number,
  ) => { readonly end: GroundEnd; readonly port: number | null }
}

const hidden: GroundEnd = { type: 'unknown', why: 'hidden' }
const notKnown: GroundEnd = { type: 'unknown', why: 'not-known' }

/** O(model) to make. Of pods of one controller that differ the first stand for all. */
export function endFinderOf(model: Model, cluster: string): EndFinder {
  const byKind = new Map<string, number>()
  const byName = new Map<string, readonly number[]>()
  const numberOf = new Map<Workload, number>()
  for (const [i, workload] of model.workloads.entries()) {
    numberOf.set(workload, i)
    const kind = `${workload.namespace}/${workload.kind}/${workload.name}`
    if (byKind.has(kind)) continue
    byKind.set(kind, i)
    const name = `${workload.namespace}/${workload.name}`
    byName.set(name, [...(byName.get(name) ?? []), i])
  }
  const nodeNames = new Set(model.nodes.map(({ name }) => name))
  const nodeAt = new Map(model.nodes.flatMap(({ name, addresses }) => addresses.map((ip) => [addressKey(ip), name])))

  const workloadEnd = ({ namespace, kind, name }: Endpoint): GroundEnd => {
    const exact = byKind.get(`${namespace}/${kind}/${name}`)
    if (exact !== undefined) return { type: 'workload', workload: exact }
    const [only, ...others] = kind === 'Workload' ? (byName.get(`${namespace}/${name}`) ?? []) : []
    return only !== undefined && others.length === 0 ? { type: 'workload', workload: only } : notKnown
  }
  const addressEnd = (address: string, names: readonly string[] = []): GroundEnd => {
    const node = nodeAt.get(addressKey(address))
    return node === undefined ? { type: 'external', address, names } : { type: 'node', name: node }
  }
  const externalEnd = (name: string): GroundEnd => {
    if (parseAddress(name)) return addressEnd(name)
    if (name === 'kube-apiserver') return addressEnd(apiServerAddress(model) ?? '', [name])
    return { type: 'external', address: '', names: isHost(name) ? [name] : [] }
  }
  const end = (endpoint: Endpoint): GroundEnd => {
    if (endpoint === outside) return hidden
    if (endpoint.cluster !== cluster) return notKnown
    const { name } = endpoint
    switch (endpointType(endpoint)) {
      case 'workload':
        return workloadEnd(endpoint)
      case 'node':
        return nodeNames.has(name) ? { type: 'node', name } : parseAddress(name) ? addressEnd(name) : notKnown
      case 'external':
        return externalEnd(name)
      case 'service':
      case 'unknown':
        return notKnown
    }
  }
  return {
    end,
    target(endpoint, protocol, port) {
      const asked = port === 0 ? null : port
      if (endpointType(endpoint) !== 'service' || endpoint.cluster !== cluster)
        return { end: end(endpoint), port: asked }
      const found = serviceTarget(model, { from: nobody, to: endpoint, protocol, port: asked })
      const [only, ...others] = found?.flows ?? []
      const workload =
        only && others.length === 0 && only.to.type === 'workload' ? numberOf.get(only.to.workload) : undefined
      if (workload === undefined || typeof only?.port !== 'number') return { end: notKnown, port: asked }
      return { end: { type: 'workload', workload }, port: only.port }
    },
  }
}

const nobody = { type: 'external', address: '' } as const

/** `Internet` and other words stand for addresses that are not told. */
const isHost = (name: string): boolean => /^(?:[a-z0-9_*-]+\.)+[a-z0-9-]+\.?$/i.test(name)

function apiServerAddress({ services }: Model): string | undefined {
  const service = services.find(({ namespace, name }) => namespace === 'default' && name === 'kubernetes')
  return service?.addresses[0] ?? service?.endpoints?.flatMap(({ addresses }) => addresses)[0]
}

import type { End } from './decision'
import { endOf } from './evaluate'
import { addressKey } from './load-endpoints'
import { namedPorts } from './match-ports'
import type { EndpointPort, Model, ModelEndpoints, ModelService, ServicePort, Workload } from './model'

/** Who is behind a port of a Service, with the port that is met there. */
export type Backend = { readonly to: End; readonly port: number }

/** Without known endpoints the selector says who they are. A pod without the target port's name is none of them. */
export function backendsOf(
  model: Model,
  service: ModelService,
  port: ServicePort,
  direct: boolean,
): readonly Backend[] {
  const { endpoints } = service
  if (endpoints) return apart(endpoints.flatMap((one) => endpointsBackends(model, service, one, port, direct)))
  const pods = model.workloads.filter((one) => isSelected(service, one)).flatMap((one) => targetsOn(endOf(one), port))
  const outside = service.addresses.flatMap((address) => targetsOn(outsideAt(model, address), port))
  return apart([...pods, ...outside])
}

function endpointsBackends(
  model: Model,
  service: ModelService,
  { addresses, ports }: ModelEndpoints,
  port: ServicePort,
  direct: boolean,
): readonly Backend[] {
  const numbers = direct ? [port.port] : ports.filter((one) => leadsTo(one, port)).map((one) => one.port ?? port.port)
  const ends = addresses.flatMap((address) => endsAt(model, service, address))
  return ends.flatMap((to) => numbers.map((number) => ({ to, port: number })))
}

const leadsTo = (one: EndpointPort, { name, protocol }: ServicePort) => one.name === name && one.protocol === protocol

function isSelected({ namespace, selector }: ModelService, pod: Workload): boolean {
  const pairs = Object.entries(selector ?? {})
  const has = ([key, value]: readonly [string, string]) => Object.hasOwn(pod.labels, key) && pod.labels[key] === value
  return pod.namespace === namespace && pairs.length > 0 && pairs.every(has)
}

/** Pods with this address; those on the network of a node share it, so that the selector tells which is meant. */
function endsAt(model: Model, service: ModelService, address: string): readonly End[] {
  const key = addressKey(address)
  const here = model.workloads.filter(({ ips }) => ips.some((ip) => addressKey(ip) === key))
  const meant = here.filter((one) => !one.hostNetwork || isSelected(service, one))
  return meant.length > 0 ? meant.map(endOf) : [outsideAt(model, address)]
}

/** A node, or somebody outside. Policies may have seen the address of the Service instead. */
function outsideAt({ nodes }: Model, address: string): End {
  const key = addressKey(address)
  const node = nodes.find(({ addresses }) => addresses.some((one) => addressKey(one) === key))
  return node
    ? { type: 'node', name: node.name, addresses: node.addresses }
    : { type: 'external', address, rewritten: true }
}

function targetsOn(to: End, { targetPort, protocol, port }: ServicePort): readonly Backend[] {
  if (typeof targetPort === 'number') return [{ to, port: targetPort }]
  // By hand, endpoints are on the port of the Service unless they say otherwise.
  if (to.type !== 'workload') return [{ to, port }]
  return namedPorts(to, targetPort, protocol).map(({ from }) => ({ to, port: from }))
}

/** Each once: pods of one controller have one end and several addresses. */
function apart(backends: readonly Backend[]): readonly Backend[] {
  const known = new Set<string>()
  return backends.filter(({ to, port }) => {
    const key = `${endKey(to)} ${port}`
    return !known.has(key) && known.add(key)
  })
}

function endKey(end: End): string {
  if (end.type === 'external') return end.address
  return end.type === 'node' ? end.name : `${end.workload.namespace}/${end.workload.name}[${end.workload.kind}]`
}

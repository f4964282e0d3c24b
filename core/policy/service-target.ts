import type { CompiledPolicies } from './compile'
import type { Decision, End, Flow, PolicyVerdict } from './decision'
import { evaluate } from './evaluate'
import { addressKey } from './load-endpoints'
import type { Model, ModelService, ServicePort } from './model'
import { backendsOf, type Backend } from './service-backends'

/** A Service, by its name or by an address of it. */
export type ServiceAsked = { readonly ip: string } | { readonly namespace: string; readonly name: string }

/** A connection to a Service; `port` is one of the Service's, by number or name. */
export type ServiceFlow = Omit<Flow, 'to'> & { readonly to: ServiceAsked }

/** Where a connection to a Service may go. Which of the flows it becomes is chosen anew for each connection. */
export type ServiceTarget = {
  readonly service: ModelService
  readonly flows: readonly Flow[]
  /** Why it may go nowhere, or elsewhere too; with any, the flows are not all that may be. */
  readonly doubts: readonly string[]
}

/** The connections that one to a Service may become; null: no Service has this name or address. O(services + pods). */
export function serviceTarget(model: Model, { to, ...flow }: ServiceFlow): ServiceTarget | null {
  const service = serviceAsked(model, to)
  return service && targetOf(model, service, flow, mostNames)
}

export function serviceAsked({ services }: Model, asked: ServiceAsked): ModelService | null {
  if ('name' in asked)
    return services.find(({ namespace, name }) => namespace === asked.namespace && name === asked.name) ?? null
  const wanted = addressKey(asked.ip)
  const has = (ips: readonly string[]) => ips.some((ip) => addressKey(ip) === wanted)
  return services.find(({ clusterIps, externalIps = [] }) => has(clusterIps) || has(externalIps)) ?? null
}

/** How many Services may stand for one another before it counts as a circle. */
const mostNames = 4

function targetOf(model: Model, service: ModelService, flow: Omit<Flow, 'to'>, left: number): ServiceTarget {
  const shown = `Service ${service.namespace}/${service.name}`
  if (service.externalName !== undefined) return namedTarget(model, service, service.externalName, flow, left)
  const { ports, direct } = portsAsked(service, flow)
  if (ports.length === 0)
    return { service, flows: [], doubts: [`${shown} has no port ${flow.protocol} ${flow.port ?? ''}`.trimEnd()] }
  const backends = ports.flatMap((port) => backendsOf(model, service, port, direct))
  const from: End = flow.from.type === 'external' && !service.headless ? { ...flow.from, rewritten: true } : flow.from
  const flows = backends.map(({ to, port }: Backend): Flow => ({ ...flow, from, to, port }))
  return { service, flows, doubts: flows.length > 0 ? [] : [`nothing is known to be behind ${shown}`] }
}

/**
 * Ports of the Service that are meant. `direct`: a headless one has no address, so that a number is that of the pods,
 * whatever its ports say.
 */
function portsAsked(
  { headless, ports }: ModelService,
  { protocol, port }: Omit<Flow, 'to'>,
): { readonly ports: readonly ServicePort[]; readonly direct: boolean } {
  const portProtocol = protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP' ? protocol : null
  if (headless && typeof port === 'number' && portProtocol)
    return { ports: [{ name: '', protocol: portProtocol, port, targetPort: port }], direct: true }
  const meant = ports.filter((one) => one.protocol === protocol)
  if (port === null) return { ports: meant, direct: false }
  return { ports: meant.filter((one) => one.name === port || one.port === port), direct: false }
}

const clusterName = /^([^.]+)\.([^.]+)\.svc(?:\.cluster\.local)?\.?$/

/** A name that stands for another: of a Service in the cluster, or of somebody outside whose address is not known. */
function namedTarget(
  model: Model,
  service: ModelService,
  host: string,
  flow: Omit<Flow, 'to'>,
  left: number,
): ServiceTarget {
  const [, name, namespace] = clusterName.exec(host) ?? []
  if (name === undefined || namespace === undefined) {
    const to: End = { type: 'external', address: '', names: [host] }
    return { service, flows: [{ ...flow, to }], doubts: [] }
  }
  const next = left > 0 ? serviceAsked(model, { namespace, name }) : null
  if (!next) return { service, flows: [], doubts: [`${host} is no Service that is known`] }
  return { ...targetOf(model, next, flow, left - 1), service }
}

/** What the policies say of a connection to a Service: `undefined` where its backends differ. */
export type ServiceDecision = ServiceTarget & {
  readonly verdict: PolicyVerdict
  /** One for each flow. */
  readonly decisions: readonly Decision[]
}

/** null: no Service has this name or address. */
export function evaluateService(compiled: CompiledPolicies, flow: ServiceFlow): ServiceDecision | null {
  const target = serviceTarget(compiled.catalogue.model, flow)
  if (!target) return null
  const decisions = target.flows.map((one) => evaluate(compiled, one))
  const [verdict, ...others] = new Set(decisions.map((one) => one.verdict))
  if (verdict === undefined || (others.length === 0 && target.doubts.length === 0))
    return { ...target, decisions, verdict: verdict ?? 'undefined' }
  const differ = others.length > 0 ? ['what is behind it differs, and which of it is met is not known'] : []
  return { ...target, decisions, verdict: 'undefined', doubts: [...target.doubts, ...differ] }
}

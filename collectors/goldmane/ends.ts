import type { EndpointRef } from '@/core/endpoint'
import { type Recent, createRecent } from '@/collectors/kit/recent'
import type { EnumValue } from './enums'
import type { FlowKey } from './flow'

/** Refs of ends; what says the same is the same object as long as it is kept. */
export type Ends = {
  from(key: FlowKey, labels: readonly string[]): EndpointRef
  to(key: FlowKey, labels: readonly string[]): EndpointRef
}

const maxEnds = 20_000

export function createEnds(): Ends {
  const refs: Recent<EndpointRef> = createRecent(maxEnds)

  const refOf = (end: End, labels: readonly string[]): EndpointRef => {
    const id = `${end.type}\0${end.namespace}\0${end.name}\0${end.serviceNamespace}\0${end.service}\0${labels.join('\0')}`
    let ref = refs.get(id)
    if (!ref) {
      ref = createRef(end, labels)
      refs.set(id, ref)
    }
    return ref
  }

  return {
    from: (key, labels) =>
      refOf(
        {
          type: key.sourceType,
          namespace: key.sourceNamespace,
          name: key.sourceName,
          service: '',
          serviceNamespace: '',
        },
        labels,
      ),
    to: (key, labels) =>
      refOf(
        {
          type: key.destType,
          namespace: key.destNamespace,
          name: key.destName,
          service: key.destServiceName,
          serviceNamespace: key.destServiceNamespace,
        },
        labels,
      ),
  }
}

type End = {
  readonly type: EnumValue
  readonly namespace: string
  readonly name: string
  readonly service: string
  readonly serviceNamespace: string
}

function createRef(end: End, labels: readonly string[]): EndpointRef {
  const service = known(end.service)
  const serviceNamespace = known(end.serviceNamespace)
  return {
    ...placeOf(end),
    ...(service && serviceNamespace && { service: { namespace: serviceNamespace, name: service } }),
    ...(labels.length > 0 && { labels: [...labels] }),
  }
}

/** Felix writes `-` for what it does not know. */
const known = (text: string) => (text === '-' ? '' : text)

/** Felix knows an address without an endpoint only as one of RFC 1918 or not. Whisker has its own words. */
const networks: ReadonlyMap<string, EndpointRef> = new Map<string, EndpointRef>([
  ['pub', { reserved: 'world', names: ['Internet'] }],
  ['PUBLIC NETWORK', { reserved: 'world', names: ['Internet'] }],
  ['pvt', { reserved: 'unknown', names: ['private network'] }],
  ['PRIVATE NETWORK', { reserved: 'unknown', names: ['private network'] }],
])

function placeOf({ type, namespace: from, name: called }: End): EndpointRef {
  const namespace = known(from)
  const name = known(called)
  if (name === '') return { reserved: 'unknown' }
  switch (type) {
    case 'WorkloadEndpoint':
      return { ...(namespace && { namespace }), pod: name }
    case 'HostEndpoint':
      return { reserved: 'host', node: name }
    case 'NetworkSet':
      return { names: [namespace ? `${namespace}/${name}` : name] }
    case 'Network':
      return networks.get(name) ?? { reserved: 'unknown', names: [name] }
    default:
      // whisker-backend leaves the type out: only workloads and few network sets have a namespace.
      return networks.get(name) ?? (namespace ? { namespace, pod: name } : { reserved: 'unknown', names: [name] })
  }
}

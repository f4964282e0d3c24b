import type { EndpointRef } from '@/core/endpoint'
import { type Recent, createRecent } from '@/collectors/kit/recent'
import type { EnumValue } from './enums'
import type { FlowKey } from './flow'
import type { KnownKey, LastRef } from './known-key'

/** Refs of ends; what says the same is the same object as long as it is kept. */
export type Ends = {
  from(known: KnownKey, labels: readonly string[]): EndpointRef
  to(known: KnownKey, labels: readonly string[]): EndpointRef
}

const maxEnds = 20_000

export function createEnds(): Ends {
  const refs: Recent<EndpointRef> = createRecent(maxEnds)

  const refOf = (end: End, labels: readonly string[]): LastRef => {
    const id = `${end.type}\0${end.namespace}\0${end.name}\0${end.serviceNamespace}\0${end.service}\0${labels.join('\0')}`
    let ref = refs.get(id)
    if (!ref) refs.set(id, (ref = createRef(end, labels)))
    return { labels, ref }
  }

  return {
    from({ key, last }, labels) {
      if (!last.from || !sameTexts(last.from.labels, labels)) last.from = refOf(sourceOf(key), labels)
      return last.from.ref
    },
    to({ key, last }, labels) {
      if (!last.to || !sameTexts(last.to.labels, labels)) last.to = refOf(destinationOf(key), labels)
      return last.to.ref
    },
  }
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

type End = {
  readonly type: EnumValue
  readonly namespace: string
  readonly name: string
  readonly service: string
  readonly serviceNamespace: string
}

const sourceOf = (key: FlowKey): End => ({
  type: key.sourceType,
  namespace: key.sourceNamespace,
  name: key.sourceName,
  service: '',
  serviceNamespace: '',
})

const destinationOf = (key: FlowKey): End => ({
  type: key.destType,
  namespace: key.destNamespace,
  name: key.destName,
  service: key.destServiceName,
  serviceNamespace: key.destServiceNamespace,
})

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

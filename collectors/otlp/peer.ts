import { isIP } from 'node:net'
import type { EndpointRef } from '@/core/endpoint'
import { addressClass } from '@/core/ip'
import { serviceOfHost } from '@/core/services/service-host'
import { createRecent } from '@/collectors/kit/recent'
import { clean } from '@/collectors/kit/text'
import { type Attributes, portOf, textOf } from './attributes'
import { isDatabase } from './outcome'
import type { Service, Span } from './span'

/** An end that sends no spans itself, by what the other one says of it. */
export type Peer = { readonly ref: EndpointRef; readonly ip: string; readonly port: number }

/** Gives the far end of a span whose other half never came; null where the span does not tell. The same end is the same ref. */
export type Peers = {
  /** Whom a client or producer called. */
  callee(span: Span): Peer | null
  /** Who called a server or consumer; the unknown caller where nothing is told. */
  caller(span: Span): Peer
}

const maxRefs = 20_000
const unknown: EndpointRef = { reserved: 'unknown' }
const world: EndpointRef = { reserved: 'world' }
const nobody: EndpointRef = {}

export function createPeers(): Peers {
  const refs = createRecent<EndpointRef>(maxRefs)
  const refOf = (key: string, make: () => EndpointRef): EndpointRef => {
    const known = refs.get(key)
    if (known) return known
    const ref = make()
    refs.set(key, ref)
    return ref
  }
  const outside = (name: string) => refOf(`x ${name}`, () => ({ reserved: 'world', names: [name] }))

  /** A host as the caller wrote it: a short name is a Service beside the caller. */
  const hostRef = (host: string, caller: Service): EndpointRef => {
    const { namespace, cluster = '' } = caller.ref
    const written = serviceOfHost(host)
    if (!written && host.includes('.')) return outside(host)
    if (!written && !namespace) return refOf(`a ${cluster}  ${host}`, () => application(host, '', cluster))
    const service = written ?? { namespace: namespace ?? '', name: host }
    return refOf(`s ${cluster} ${service.namespace} ${service.name}`, () => ({ ...(cluster && { cluster }), service }))
  }

  const named = (span: Span): EndpointRef | null => {
    const { attributes, service } = span
    const name = clean(textOf(attributes, 'service.peer.name', 'peer.service'), 253)
    if (!name) return null
    const namespace = clean(textOf(attributes, 'service.peer.namespace'), 63)
    const { cluster = '' } = service.ref
    if (namespace || !name.includes('.'))
      return refOf(`a ${cluster} ${namespace} ${name}`, () => application(name, namespace, cluster))
    return hostRef(name, service)
  }

  const queueRef = (attributes: Attributes): EndpointRef | null => {
    const system = textOf(attributes, 'messaging.system')
    if (!system) return null
    const destination = destinationOf(attributes)
    return outside(clean(destination ? `${system}:${destination}` : system, 253))
  }

  return {
    callee(span) {
      const { attributes, service } = span
      const queue = queueRef(attributes)
      if (queue) return { ref: queue, ip: '', port: 0 }
      const { host, ip, port } = addressOf(attributes)
      const ref = host ? hostRef(host, service) : null
      if (isDatabase(attributes)) {
        if (ref || ip) return { ref: ref ?? named(span) ?? nobody, ip, port }
        const system = textOf(attributes, 'db.system.name', 'db.system')
        const database = textOf(attributes, 'db.namespace', 'db.name')
        return { ref: named(span) ?? outside(clean(database ? `${system}:${database}` : system, 253)), ip, port }
      }
      const known = named(span) ?? ref
      if (known) return { ref: known, ip: known === ref ? ip : '', port }
      return ip ? { ref: nobody, ip, port } : null
    },
    caller({ attributes, kind }) {
      const queue = kind === 'consumer' ? queueRef(attributes) : null
      if (queue) return { ref: queue, ip: '', port: 0 }
      const client = textOf(attributes, 'client.address', 'http.client_ip')
      if (isIP(client) !== 0 && addressClass(client) === 'public') return { ref: world, ip: client, port: 0 }
      const direct = textOf(attributes, 'network.peer.address', 'net.sock.peer.addr', 'net.peer.ip')
      const ip = [direct, client].find((address) => isReal(address)) ?? ''
      return { ref: unknown, ip, port: 0 }
    },
  }
}

/** Queues made for one answer each would be a node each. */
const destinationOf = (attributes: Attributes): string =>
  attributes.get('messaging.destination.temporary') === true ||
  attributes.get('messaging.destination.anonymous') === true
    ? 'temporary'
    : textOf(attributes, 'messaging.destination.template', 'messaging.destination.name', 'messaging.destination')

const application = (name: string, namespace: string, cluster: string): EndpointRef => ({
  ...(cluster && { cluster }),
  ...(namespace && { namespace }),
  workload: { kind: 'Workload', name },
})

/** An address that says where a peer is: an IP, and not the loopback of a proxy beside the workload. */
const isReal = (address: string) => isIP(address) !== 0 && !isLoopback(address)
const isLoopback = (host: string) => /^(127\.|\[?::1\]?$|localhost$|0\.0\.0\.0$)/i.test(host)

type Address = { readonly host: string; readonly ip: string; readonly port: number }
const nowhere: Address = { host: '', ip: '', port: 0 }

/** Host, address and port that a client called, from whichever attributes tell; a loopback or a socket file is none. */
function addressOf(attributes: Attributes): Address {
  const url = urlOf(textOf(attributes, 'url.full', 'http.url'))
  const told = textOf(attributes, 'server.address', 'net.peer.name', 'http.host', 'net.sock.peer.name') || url.host
  const [, written = '', writtenPort = ''] = isIP(told) ? [] : (/^\[?([^[\]]*?)\]?(?::(\d{1,5}))?$/.exec(told) ?? [])
  const name = isIP(told) ? told : clean(written, 253).toLowerCase().replace(/\.$/, '')
  const port =
    portOf(attributes, 'server.port', 'net.peer.port', 'network.peer.port') || Number(writtenPort) || url.port
  const direct = textOf(attributes, 'network.peer.address', 'net.sock.peer.addr', 'net.peer.ip')
  if (isLoopback(name) || name.includes('/')) return nowhere
  const ip = isIP(name) ? name : isReal(direct) ? direct : ''
  return { host: isIP(name) ? '' : name, ip, port: port > 65_535 ? 0 : port }
}

function urlOf(url: string): { readonly host: string; readonly port: number } {
  const [, scheme = '', host = '', port = ''] =
    /^([a-z][a-z0-9+.-]{0,20}):\/\/(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[^/?#:@]{1,253})(?::(\d{1,5}))?/i.exec(url) ?? []
  const usual = scheme.toLowerCase() === 'https' ? 443 : scheme.toLowerCase() === 'http' ? 80 : 0
  return { host, port: Number(port) || usual }
}

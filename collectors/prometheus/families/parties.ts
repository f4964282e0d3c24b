import { serviceOfHost } from '@/core/services/service-host'
import { type Host, hostOf, isDomain } from './labels'
import type { End } from './place'

/**
 * Who a host name or address in a label is: a Service of the cluster, an outside party, an address to be
 * looked up, or, of a bare name, an application's own. '' is nobody known.
 */
export function partyOf(text: string): End {
  if (text === '') return { ref: { reserved: 'unknown' } }
  return partyOfHost(hostOf(text))
}

export function partyOfHost({ name, port, ip }: Host): End {
  const withPort = port > 0 ? { port } : {}
  if (ip) return { ref: {}, ip: name, ...withPort }
  const service = serviceOf(name)
  if (service) return { ref: { service }, ...withPort }
  if (isDomain(name)) return { ref: { reserved: 'world', names: [name.replace(/\.$/, '')] }, ...withPort }
  return { ref: { workload: { kind: 'Workload', name } }, ...withPort }
}

/** The Service of a host name; `name.namespace.global` is how early multi-cluster meshes wrote another cluster's. */
export function serviceOf(host: string): { readonly namespace: string; readonly name: string } | null {
  const [, name, namespace] = /^([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.global$/.exec(host) ?? []
  return name && namespace ? { namespace, name } : serviceOfHost(host)
}

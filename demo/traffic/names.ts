import type { CallSpec } from '../model/types'
import { type CallWorld } from './calls'

const dns = 'kube-system/coredns'

/**
 * Who is kept from asking for names reaches nobody by name: the call becomes the question that is refused. The same
 * call where names can be asked for.
 */
export function namedCall({ cluster, enforcement }: CallWorld, spec: CallSpec): CallSpec {
  const [caller, server] = [cluster.workloads.get(spec.from), cluster.workloads.get(dns)]
  if (!caller || !server || spec.protocol === 'dns') return spec
  const end = (workload: typeof caller) => ({ workload, ip: '', name: '' })
  const { verdict, mesh } = enforcement.judge({ from: end(caller), to: end(server), port: 53, transport: 'udp' })
  if (verdict !== 'denied' || mesh.verdict === 'denied') return spec
  const [namespace = '', name = ''] = spec.to.split('/')
  const asked = cluster.workloads.has(spec.to) ? `${name}.${namespace}.svc.cluster.local.` : `${spec.to}.`
  return { ...spec, to: dns, port: 53, protocol: 'dns', operations: [asked] }
}

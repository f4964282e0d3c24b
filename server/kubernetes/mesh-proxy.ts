import type { MeshProxy, ObjectPort } from '@/core/inventory/inventory-object'
import { roleOf } from '@/core/inventory/role'
import { type Fields, fields, labels, list, text } from './read-object'

const istio = 'traffic.sidecar.istio.io'
const linkerd = 'config.linkerd.io'
const read = new Set([
  'ambient.istio.io/redirection',
  `${istio}/includeInboundPorts`,
  `${istio}/excludeInboundPorts`,
  `${istio}/excludeOutboundPorts`,
  `${linkerd}/skip-inbound-ports`,
  `${linkerd}/skip-outbound-ports`,
])

export type PodProxy = {
  readonly proxy: MeshProxy
  readonly skipsIn: readonly number[]
  readonly skipsOut: readonly number[]
}

/**
 * The mesh proxy of a pod by its containers (a sidecar may be an init container that never ends) and annotations,
 * and the ports that it leaves alone. `ports`: those that the pod declares.
 */
export function podProxy(metadata: Fields, spec: Fields, ports: readonly ObjectPort[]): PodProxy {
  const told = labels(metadata.annotations, (key) => read.has(key))
  const containers = [...list(spec.containers), ...list(spec.initContainers)].map((item) => text(fields(item).name))
  const proxy = proxyOf(containers, told, labels(metadata.labels))
  const mesh = proxy === 'linkerd' ? linkerd : istio
  const [inKey, outKey] =
    proxy === 'linkerd'
      ? ['skip-inbound-ports', 'skip-outbound-ports']
      : ['excludeInboundPorts', 'excludeOutboundPorts']
  if (proxy !== 'linkerd' && proxy !== 'sidecar') return { proxy, skipsIn: [], skipsOut: [] }
  const included = proxy === 'sidecar' ? (told[`${istio}/includeInboundPorts`] ?? '*') : '*'
  const left = included === '*' ? [] : ports.map(({ port }) => port).filter((port) => !portsOf(included).includes(port))
  return {
    proxy,
    skipsIn: bounded([...portsOf(told[`${mesh}/${inKey}`]), ...left]),
    skipsOut: bounded(portsOf(told[`${mesh}/${outKey}`])),
  }
}

function proxyOf(
  containers: readonly string[],
  annotations: Readonly<Record<string, string>>,
  podLabels: Readonly<Record<string, string>>,
): MeshProxy {
  if (containers.includes('linkerd-proxy')) return 'linkerd'
  if (containers.includes('istio-proxy')) return roleOf(podLabels) ? 'gateway' : 'sidecar'
  return annotations['ambient.istio.io/redirection'] === 'enabled' ? 'ambient' : 'none'
}

const maxPorts = 50
const bounded = (ports: readonly number[]) => [...new Set(ports)].sort((a, b) => a - b).slice(0, maxPorts)

/** Ports of `25,587,4000-4010`; a named port is none. */
function portsOf(value = ''): number[] {
  return value.split(',').flatMap((part) => {
    const [, first = '', last = first] = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(part) ?? []
    const from = Number(first)
    const length = Math.min(Number(last) - from + 1, maxPorts)
    return first === '' || length < 1 ? [] : Array.from({ length }, (_, i) => from + i)
  })
}

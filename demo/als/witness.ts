import type { Cluster, Pod } from '../model/cluster'
import { proxyOf } from '../model/mesh'
import type { CallMade, Witness } from '../traffic/made'
import { connectionEntry, requestEntry } from './entries'
import { isLogged } from './proxies'

export type LogKind = 'http' | 'tcp'
export type Logs = {
  push(proxy: Pod, kind: LogKind, entry: Buffer): void
  flush(): void
}

const flushMs = 1_000

/** Access logs of the proxies that are told to send them: at the caller's and at the callee's side. */
export function logAccess(cluster: Cluster, logs: Logs): Witness {
  /** Bytes of connections that are not yet closed, by proxy and edge. */
  const open = new Map<Pod, Map<string, { sent: number; received: number }>>()
  let flushed: number | null = null

  const asRequest = ({ protocol, to }: CallMade) => (protocol === 'http' || protocol === 'grpc') && to.workload !== null
  const proxiesOf = (call: CallMade): { proxy: Pod; inbound: boolean }[] => {
    const { from, to, denied, refusal, transport } = call
    if (transport === 'udp') return []
    const out = from.pod && isLogged(from.pod.workload) ? [{ proxy: from.pod, inbound: false }] : []
    // A gateway logs what it passes on, not what it takes in.
    // Whom it does not take for a client it hears no request of.
    const isCut = denied !== null || (refusal?.reset === true && asRequest(call))
    const takes = to.pod && !isCut && isLogged(to.pod.workload) && proxyOf(to.pod.workload) === 'sidecar'
    return takes && to.pod ? [...out, { proxy: to.pod, inbound: true }] : out
  }
  const carried = (proxy: Pod, key: string) => {
    let edges = open.get(proxy)
    if (!edges) open.set(proxy, (edges = new Map()))
    let bytes = edges.get(key)
    if (!bytes) edges.set(key, (bytes = { sent: 0, received: 0 }))
    return bytes
  }
  return {
    made(call) {
      for (const { proxy, inbound } of proxiesOf(call)) {
        if (asRequest(call)) {
          logs.push(proxy, 'http', requestEntry(call, inbound, cluster))
          continue
        }
        const bytes = carried(proxy, `${inbound} ${call.edge}`)
        bytes.sent += call.bytesSent
        bytes.received += call.bytesReceived
      }
    },
    closed(call) {
      if (asRequest(call)) return
      for (const { proxy, inbound } of proxiesOf(call)) {
        const key = `${inbound} ${call.edge}`
        logs.push(proxy, 'tcp', connectionEntry(call, inbound, cluster, carried(proxy, key)))
        open.get(proxy)?.delete(key)
      }
    },
    lived(until) {
      const due = Math.floor(until / flushMs)
      if (flushed !== null && due !== flushed) {
        logs.flush()
        for (const proxy of open.keys()) if (!proxy.workload.pods.includes(proxy)) open.delete(proxy)
      }
      flushed = due
    },
  }
}

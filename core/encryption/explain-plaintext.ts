import { endpointLabel, endpointType, type Endpoint } from '../endpoint'
import { listWords } from '../text/words'
import type { Absence } from './absence'
import type { End, PlainCause, PlainCode } from './causes'
import type { Counted } from './cover-rows'
import type { PlainEdge } from './encryption-answer'
import { findMend } from './find-mend'
import { meshOfNamespace } from './namespace-mesh'
import type { Seats } from './seats'

/** Why neither layer encrypted an edge, and what would. O(rows + pods' nodes of both ends). */
export function explainPlaintext(counted: Counted, seats: Seats): Pick<PlainEdge, 'causes' | 'why' | 'mend'> {
  const causes = [...identityCauses(counted, seats), ...wayCauses(counted, seats)]
  return {
    causes,
    why: causes.map(({ words }) => words).join('; '),
    mend: findMend(counted.each.worldEdge.edge, causes, seats),
  }
}

const cause = (code: PlainCode, end: End | null, names: readonly string[], words: string): PlainCause => ({
  code,
  end,
  names,
  words,
})

function identityCauses({ each }: Counted, seats: Seats): readonly PlainCause[] {
  const { absence, worldEdge } = each
  const { from, to, port } = worldEdge.edge
  if (absence) {
    const bareCaller = absence.why === 'not-meshed' && absence.end === 'caller'
    return [absenceCause(absence, from, to, port, seats), ...(bareCaller ? permissive(to, port, seats) : [])]
  }
  const reasons = worldEdge.rows.flatMap(({ facet: { encryption, reason, verdict } }) =>
    encryption === 'plaintext' && verdict !== 'denied' && verdict !== 'error' && reason !== 'loopback' ? reason : [],
  )
  const [reason] = [...new Set(reasons.filter(Boolean))].sort()
  const takes = permissive(to, port, seats)
  if (reason) return [cause('proxy-reason', null, [reason], `the proxy says ${reason}`), ...takes]
  if (endpointType(from) !== 'unknown') return takes
  return [cause('not-meshed', 'caller', [], 'the caller has no proxy'), ...takes]
}

/** That a callee of Istio takes plaintext. */
function permissive(to: Endpoint, port: number, { of, intents, labelsOf }: Seats): readonly PlainCause[] {
  const pods = of(to)
  if (!pods || pods === 'outside' || !pods.every(({ proxy }) => proxy !== 'none' && proxy !== 'linkerd')) return []
  const { mode, by } = intents.peer(to, labelsOf(to), port)
  return mode === 'PERMISSIVE' ? [cause('permissive', 'callee', by ? [by] : [], `${to.name} is PERMISSIVE`)] : []
}

function absenceCause(absence: Absence, from: Endpoint, to: Endpoint, port: number, seats: Seats): PlainCause {
  if (absence.why === 'other-mesh') return cause('other-mesh', null, [], 'the ends are in different meshes')
  if (absence.why === 'disabled')
    return cause('disabled', null, [absence.by], `${absence.kind} ${absence.by} turns mTLS off`)
  const { why, end } = absence
  const ends = end === 'both' ? [from, to] : [end === 'caller' ? from : to]
  const names = [...new Set(ends.map(endpointLabel))]
  const [first = to] = ends
  switch (why) {
    case 'outside':
      return cause(why, end, names, end === 'caller' ? 'comes from outside' : 'goes outside')
    case 'host-network':
      return cause(why, end, names, `${end === 'both' ? 'both ends are' : `the ${end} is`} on the host network`)
    case 'port-skipped':
      return cause(why, end, names, `port ${port} is skipped by the proxy of ${first.name} (annotation)`)
    case 'not-meshed':
      return notMeshed(ends, end, seats)
  }
}

function notMeshed(ends: readonly Endpoint[], end: End, { ground }: Seats): PlainCause {
  const bare = ends.filter(({ cluster, namespace }) => meshOfNamespace(ground, cluster, namespace) === null)
  const namespaces = [...new Set(bare.map(({ namespace }) => namespace))].filter(Boolean)
  if (bare.length === ends.length && namespaces.length > 0) {
    const many = namespaces.length > 1
    return cause(
      'not-meshed',
      end,
      namespaces,
      `namespace${many ? 's' : ''} ${listWords(namespaces)} ${many ? 'are' : 'is'} not meshed`,
    )
  }
  const names = [...new Set(ends.map(endpointLabel))]
  const words = listWords([...new Set(ends.map(({ name }) => name))])
  return cause('not-meshed', end, names, `${words} ${names.length > 1 ? 'are' : 'is'} not in the mesh`)
}

function wayCauses({ each, evidence }: Counted, seats: Seats): readonly PlainCause[] {
  const { from, to } = each.worldEdge.edge
  const [a, b] = [seats.of(from), seats.of(to)]
  if (a === 'outside' || b === 'outside' || !a || !b) return []
  const pods = [...a, ...b]
  if (seats.hasNoTunnel(to.cluster)) return [cause('no-tunnel', null, [], 'no node has a tunnel key')]
  const nodes = new Set(
    pods.flatMap(({ cluster, node }) => {
      const keys = seats.keysOf(cluster, node)
      return keys && !keys.ipsec && keys.wireguard.length === 0 ? node : []
    }),
  )
  if (nodes.size === 0 && (evidence.way.shares.open ?? 0) > 0 && each.absence?.why !== 'host-network') {
    const ends = [from, to].filter((_, n) => [a, b][n]?.some(({ hostNetwork }) => hostNetwork))
    const end = ends.length === 2 ? 'both' : ends[0] === from ? 'caller' : 'callee'
    const words = 'the tunnel leaves the host network out'
    return ends.length === 0 ? [] : [cause('host-network', end, [...new Set(ends.map(endpointLabel))], words)]
  }
  if (nodes.size === 0 || !((evidence.way.shares.tunnel ?? 0) < 1)) return []
  const names = [...nodes].sort()
  const many = names.length > 1
  const words = names.length > 3 ? `${names.length} nodes` : `${many ? 'nodes' : 'node'} ${listWords(names)}`
  return [cause('node-without-key', null, names, `${words} ${many ? 'have' : 'has'} no tunnel key`)]
}

import { nodeTunnels } from '../encryption/node-tunnels'
import { endpointKey } from '../endpoint'
import { spanWords } from '../text/words'
import type { Audit } from './context'
import type { Draft } from './finding'

/** Tunnels between two nodes into which packets go and out of which none come. Each pair is told once. */
export const tunnel: Audit = ({ world }) => {
  const told = new Set<string>()
  return nodeTunnels(world).flatMap(({ cluster, name, peers }) =>
    (peers ?? []).flatMap(({ node, state, handshakeAt, readAt }): Draft[] => {
      const pair = `${cluster} ${[name, node].sort().join(' ')}`
      if (state !== 'cut' || node === null || told.has(pair)) return []
      told.add(pair)
      const keyOf = (own: string) => endpointKey({ cluster, namespace: '', kind: 'Node', name: own })
      const since = handshakeAt === null ? null : spanWords(readAt - handshakeAt)
      return [
        {
          audit: 'tunnel',
          severity: 'degraded',
          title: `The tunnel ${name} ↔ ${node} is cut`,
          sentence: `${name} sends to ${node} and gets nothing back; ${since === null ? 'they never shook hands' : `their last handshake was ${since} before`}.`,
          subject: keyOf(name),
          endpoints: [keyOf(name), keyOf(node)],
          affected: [{ id: keyOf(node), name: node, health: null }],
          evidence: [
            { figure: 'last handshake', value: since === null ? 'never' : `${since} before`, witness: 'felix' },
          ],
          watch: null,
          weight: since === null ? 0 : 1,
        },
      ]
    }),
  )
}

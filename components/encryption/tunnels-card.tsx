'use client'

import type { EncryptionPage } from '@/core/encryption/encryption-page'
import type { NodeTunnel, TunnelPeer } from '@/core/encryption/node-tunnels'
import { formatAgo, formatDuration, plural } from '../format'
import { Card } from '../service/card'
import { StatusMark } from '../status-mark'
import { Certificates } from './certificates'
import { nodeLook, nodeSentence, tunnelTrouble } from './tunnel-words'

/** Every node and its part in the tunnel, what is wrong with tunnels, and certificates that end. */
export function TunnelsCard({ data: { nodes, certificates, window } }: { data: EncryptionPage }) {
  const keyed = nodes.filter(({ keys }) => keys === 'wireguard' || keys === 'ipsec').length
  const trouble = tunnelTrouble(nodes)
  return (
    <Card title="Tunnels and certificates">
      {nodes.length === 0 ? (
        <p className="text-fg-2">
          Nothing tells of node keys. Oriel reads them from nodes, CiliumNodes and Felix’s metrics once it may watch
          Kubernetes.
        </p>
      ) : (
        <>
          <ul
            aria-label="Nodes"
            className="grid gap-1"
            style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(28px, 1fr))' }}
          >
            {nodes.map((node) => (
              <NodeCell key={`${node.cluster}/${node.name}`} node={node} now={window.to} />
            ))}
          </ul>
          <p className="mt-2 text-xs">
            {keyed} of {plural(nodes.length, 'node')} {keyed === 1 ? 'has' : 'have'} a key
            {nodes.every(({ peers }) => peers === null) && keyed > 0 && (
              <span className="text-fg-3">; no metrics tell of handshakes</span>
            )}
          </p>
          <ul>
            {trouble.slice(0, 4).map(({ node, peer }) => (
              <li key={`${node.cluster} ${node.name} ${peer.node}`} className="mt-1 flex items-center gap-2 text-xs">
                <StatusMark status={peer.state === 'quiet' ? 'unknown' : 'warn'} label={peer.state} />
                {peerWords(node, peer, window.to)}
              </li>
            ))}
            {trouble.length > 4 && <li className="mt-1 text-xs text-fg-3">and {trouble.length - 4} more</li>}
          </ul>
        </>
      )}
      <Certificates certificates={certificates} />
    </Card>
  )
}

function NodeCell({ node, now }: { node: NodeTunnel; now: number }) {
  const { look, word } = nodeLook(node)
  const sentence = nodeSentence(node, now)
  return (
    <li>
      <button
        type="button"
        title={sentence}
        aria-label={sentence}
        className="flex h-6 w-full items-center justify-center rounded-[3px] text-2xs"
        style={
          look === 'none'
            ? { border: '1.5px dashed var(--warn)' }
            : look === 'unknown'
              ? { border: '1.5px dotted var(--unknown)' }
              : {
                  background: look === 'cut' ? 'var(--warn)' : 'color-mix(in oklch, var(--ok) 50%, var(--panel))',
                }
        }
      >
        <span aria-hidden="true" className={look === 'cut' ? 'text-canvas' : 'text-fg'}>
          {word}
        </span>
      </button>
    </li>
  )
}

function peerWords(node: NodeTunnel, { node: other, state, handshakeAt }: TunnelPeer, now: number): string {
  const between = `${node.name} ↔ ${other ?? 'a key that no node has'}`
  if (state === 'never') return `${between}: never shook hands`
  const since = handshakeAt === null ? '' : ` for ${formatDuration(now - handshakeAt)}`
  return state === 'cut'
    ? `${between}: packets go, nothing comes back${since}`
    : `${between}: quiet${since}, last handshake ${formatAgo(handshakeAt, now)}`
}

import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { formatAgo, formatDateTime } from '../../format'
import { certificateEnd, certificateLook, certificateName } from '../certificates'
import { nodeSentence } from '../tunnel-words'
import { Chapter, PaperTable } from './parts'

const keyWords = { wireguard: 'WireGuard', ipsec: 'IPsec', none: 'none', unknown: 'not known' } as const

/** Nodes with their part in the tunnel, and certificates. */
export function GroundTables({ data: { nodes, certificates, window } }: { data: EncryptionPage }) {
  return (
    <>
      <Chapter title="Tunnels between nodes">
        {nodes.length === 0 ? (
          <p className="text-fg-2">Nothing tells of node keys.</p>
        ) : (
          <PaperTable
            label="Nodes"
            heads={['Node', 'Cluster', 'Key', 'Peers told', 'Last handshake']}
            rows={nodes.map((node) => ({
              key: `${node.cluster}/${node.name}`,
              cells: [
                <span key="node" className="font-mono" title={nodeSentence(node, window.to)}>
                  {node.name}
                </span>,
                node.cluster,
                keyWords[node.keys],
                node.peers === null ? 'no metrics' : peersText(node.peers, node.expectedPeers),
                node.newestHandshakeAt === null ? '' : formatAgo(node.newestHandshakeAt, window.to),
              ],
            }))}
          />
        )}
      </Chapter>
      <Chapter title="Certificates">
        {certificates.length === 0 ? (
          <p className="text-fg-2">No source tells of certificates of a mesh.</p>
        ) : (
          <PaperTable
            label="Certificates"
            heads={['Certificate', 'Cluster', 'Ends', 'State']}
            rows={certificates.slice(0, 200).map((each) => ({
              key: `${each.cluster} ${each.mesh} ${each.level} ${each.namespace} ${each.subject}`,
              cells: [
                certificateName(each),
                each.cluster,
                `${formatDateTime(each.notAfter, 'min')}, ${certificateEnd(each)}`,
                certificateLook[each.state].words,
              ],
            }))}
          />
        )}
      </Chapter>
    </>
  )
}

function peersText(peers: NonNullable<EncryptionPage['nodes'][number]['peers']>, expected: number): string {
  const unwell = peers.filter(({ state }) => state === 'cut' || state === 'never').length
  return `${peers.length} of ${expected}${unwell > 0 ? `, ${unwell} cut or never up` : ''}`
}

import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { formatAgo, formatDateTime } from '../../format'
import { certificateEnd, certificateLook, certificateName } from '../certificates'
import { readinessLook } from '../readiness-card'
import { nodeSentence } from '../tunnel-words'
import { Chapter, PaperTable } from './parts'

const keyWords = { wireguard: 'WireGuard', ipsec: 'IPsec', none: 'none', unknown: 'not known' } as const

/** Nodes with their part in the tunnel, certificates, and what STRICT would refuse. */
export function GroundTables({ data: { nodes, certificates, readiness, window } }: { data: EncryptionPage }) {
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
      <Chapter title="Ready to refuse plaintext">
        {readiness.length === 0 ? (
          <p className="text-fg-2">No namespace of an Istio mesh was called in this period.</p>
        ) : (
          <PaperTable
            label="Readiness"
            heads={['Namespace', 'Mode', 'State', 'Seen']}
            rows={readiness.map((row) => ({
              key: `${row.cluster}/${row.namespace}`,
              cells: [`${row.cluster}/${row.namespace}`, row.mode, readinessLook[row.state].words, row.words],
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

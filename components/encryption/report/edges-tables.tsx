import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { formatDateTime, formatPercent } from '../../format'
import { amountText, exposedOf } from '../class-words'
import { edgeName } from '../parts'
import { Chapter, PaperTable } from './parts'

/** Plaintext edges with why and who accepts them, and edges without evidence. */
export function EdgesTables({ data: { plaintext, unknown, edges, unit } }: { data: EncryptionPage }) {
  return (
    <>
      <Chapter title="Plaintext">
        <p className="text-fg-2">{countWords(plaintext.length, edges.plaintext, 'in plaintext, whole or in part')}</p>
        {plaintext.length > 0 && (
          <PaperTable
            label="Plaintext edges"
            heads={['Edge', 'Why', 'Accepted', 'Plaintext', 'Of it']}
            figuresFrom={3}
            rows={plaintext.map((edge) => {
              const { amounts } = edge.evidence
              const plain = amounts.plaintext + amounts.notEncrypted
              const { accepted } = edge
              return {
                key: edge.id,
                cells: [
                  <span key="edge" className="font-mono wrap-anywhere">
                    {edgeName(edge)}
                  </span>,
                  edge.why || 'nothing tells why',
                  accepted ? `by ${accepted.owner} until ${formatDateTime(accepted.expiresAt).slice(0, 10)}` : 'no',
                  amountText(plain, unit),
                  formatPercent(plain / exposedOf(amounts)),
                ],
              }
            })}
          />
        )}
      </Chapter>
      <Chapter title="No evidence">
        <p className="text-fg-2">
          {countWords(unknown.length, edges.unknown, 'without enough evidence, whole or in part')}
        </p>
        {unknown.length > 0 && (
          <PaperTable
            label="Edges without evidence"
            heads={['Edge', 'Why', 'Not known', 'Of it']}
            figuresFrom={2}
            rows={unknown.map((edge) => ({
              key: edge.id,
              cells: [
                <span key="edge" className="font-mono wrap-anywhere">
                  {edgeName(edge)}
                </span>,
                edge.why,
                amountText(edge.evidence.amounts.unknown, unit),
                formatPercent(edge.evidence.amounts.unknown / exposedOf(edge.evidence.amounts)),
              ],
            }))}
          />
        )}
      </Chapter>
    </>
  )
}

function countWords(listed: number, count: number, what: string): string {
  if (count === 0) return `No edge is ${what}.`
  const all = `${count} ${count === 1 ? 'edge is' : 'edges are'} ${what}`
  return listed < count ? `${all}; the ${listed} with most are listed.` : `${all}.`
}

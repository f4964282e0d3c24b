import type { EncryptionException } from '@/core/encryption/exception'
import { formatDateTime } from '../../format'
import { PaperTable } from './parts'

const day = (time: number) => formatDateTime(time).slice(0, 10)

/** Who accepts which plaintext, why and until when; expired ones are marked. */
export function ExceptionsTable({ exceptions, now }: { exceptions: readonly EncryptionException[]; now: number }) {
  if (exceptions.length === 0) return <p className="text-fg-2">Nobody has accepted any plaintext.</p>
  return (
    <>
      <p className="text-fg-2">What is accepted still counts as plaintext in every figure.</p>
      <PaperTable
        label="Accepted plaintext"
        heads={['Edges', 'Owner', 'Reason', 'Since', 'Until']}
        rows={exceptions.map(({ id, filter, owner, reason, createdBy, createdAt, expiresAt }) => ({
          key: String(id),
          cells: [
            <span key="filter" className="font-mono wrap-anywhere">
              {filter}
            </span>,
            owner,
            reason,
            `${day(createdAt)}, by ${createdBy}`,
            `${day(expiresAt)}${expiresAt <= now ? ', expired' : ''}`,
          ],
        }))}
      />
    </>
  )
}

import type { EncryptionUnit } from '@/core/encryption/classes'
import { totalOf } from '@/core/encryption/coverage'
import type { CoverRow } from '@/core/encryption/encryption-answer'
import { formatPercent } from '../../format'
import { amountText, exposedOf } from '../class-words'
import { coverageText } from '../coverage-text'
import { PaperTable } from './parts'

/** Coverage by row; each edge counts for both of its ends. */
export const CoverTable = ({ rows, unit, of }: { rows: readonly CoverRow[]; unit: EncryptionUnit; of: string }) => (
  <PaperTable
    label={`Coverage by ${of.toLowerCase()}`}
    heads={[of, 'Edges', 'Amount', 'Encrypted', 'Plaintext', 'No evidence']}
    figuresFrom={1}
    rows={rows.map(({ id, name, edges, amounts, coverage }) => {
      const all = exposedOf(amounts)
      const share = (amount: number) => formatPercent(all > 0 ? amount / all : null)
      return {
        key: id,
        cells: [
          id.endsWith('/') ? `nodes of ${id.slice(0, -1)}` : of === 'Namespace' && id.includes('/') ? id : name,
          edges,
          amountText(totalOf(amounts), unit),
          coverageText(coverage),
          share(amounts.plaintext),
          share(amounts.unknown),
        ],
      }
    })}
  />
)

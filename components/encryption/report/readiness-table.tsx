import type { EncryptionReadiness } from '@/core/encryption/readiness'
import { formatDateTime } from '../../format'
import { readinessLook } from '../readiness-card'
import { Chapter, PaperTable } from './parts'

/** What STRICT would refuse, by namespace, over more than the period. */
export const ReadinessTable = ({ readiness }: { readiness: EncryptionReadiness | null }) => (
  <Chapter title="Ready to refuse plaintext">
    {!readiness || readiness.rows.length === 0 ? (
      <p className="text-fg-2">No namespace of an Istio mesh was called in this time.</p>
    ) : (
      <>
        <p className="text-fg-2">
          Looked at {formatDateTime(readiness.looked.from, 'min')} to {formatDateTime(readiness.looked.to, 'min')},
          because callers that call rarely are what STRICT breaks.
        </p>
        <PaperTable
          label="Readiness"
          heads={['Namespace', 'Mode', 'State', 'Seen']}
          rows={readiness.rows.map((row) => ({
            key: `${row.cluster}/${row.namespace}`,
            cells: [`${row.cluster}/${row.namespace}`, row.mode, readinessLook[row.state].words, row.words],
          }))}
        />
      </>
    )}
  </Chapter>
)

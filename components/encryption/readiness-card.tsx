'use client'

import type { EncryptionPage } from '@/core/encryption/encryption-page'
import type { Readiness, ReadinessState } from '@/core/encryption/readiness'
import { Card } from '../service/card'
import { type Status, StatusMark } from '../status-mark'
import { MoreButton } from './more-button'
import type { EncryptionState } from './use-encryption-state'

export const readinessLook: Readonly<Record<ReadinessState, { status: Status; words: string }>> = {
  broken: { status: 'bad', words: 'STRICT, and plaintext seen' },
  blocked: { status: 'warn', words: 'STRICT would break edges' },
  unknown: { status: 'unknown', words: 'not known' },
  ready: { status: 'ok', words: 'ready for STRICT' },
  strict: { status: 'ok', words: 'STRICT' },
}

const most = 8

/** Which namespaces could refuse plaintext, and what that would break. */
export function ReadinessCard({ data: { readiness }, state }: { data: EncryptionPage; state: EncryptionState }) {
  const isWhole = state.whole.includes('ready')
  return (
    <Card title="Ready to enforce" figure={<span className="text-xs">refuse plaintext with STRICT</span>}>
      {readiness.length === 0 ? (
        <p className="py-2 text-fg-2">
          No namespace of an Istio mesh was called in this time, so there is nothing that STRICT could refuse.
        </p>
      ) : (
        <ul aria-label="Readiness">
          {(isWhole ? readiness : readiness.slice(0, most)).map((row) => (
            <Row key={`${row.cluster}/${row.namespace}`} row={row} state={state} />
          ))}
        </ul>
      )}
      <MoreButton
        shown={most}
        count={readiness.length}
        isWhole={isWhole}
        what="namespaces"
        onToggle={() => state.showWhole('ready')}
      />
    </Card>
  )
}

function Row({ row, state }: { row: Readiness; state: EncryptionState }) {
  const { status, words } = readinessLook[row.state]
  const [first] = row.edges
  return (
    <li className="flex min-h-9 items-center gap-3 border-b border-line py-1 last:border-b-0">
      <span className="flex w-32 shrink-0 items-center gap-2" title={`${row.cluster}/${row.namespace}`}>
        <StatusMark status={status} label={words} />
        <span className="truncate">{row.namespace}</span>
      </span>
      <span className="min-w-0 flex-1 text-fg-2">{row.words}</span>
      {first !== undefined && (
        <button
          type="button"
          aria-label={`Evidence of ${row.namespace}: ${row.words}`}
          onClick={() =>
            row.edges.length === 1
              ? state.openEdge(first)
              : state.openFigure({ type: 'group', id: `${row.cluster}/${row.namespace}` }, 'plaintext')
          }
          className="inline-flex h-6 shrink-0 items-center text-accent hover:underline"
        >
          Evidence
        </button>
      )}
    </li>
  )
}

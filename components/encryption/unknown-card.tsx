'use client'

import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { formatPercent, plural } from '../format'
import { Card } from '../service/card'
import { StatusMark } from '../status-mark'
import { amountText, exposedOf } from './class-words'
import { MoreButton } from './more-button'
import { CardTable, cell, EdgeButton, rowClass } from './parts'
import type { EncryptionState } from './use-encryption-state'

const most = 8

/** Edges of which a part has no evidence, and why. */
export function UnknownCard({
  data: { unknown, edges, unit },
  state,
}: {
  data: EncryptionPage
  state: EncryptionState
}) {
  const isWhole = state.whole.includes('unknown')
  const shown = isWhole ? unknown : unknown.slice(0, most)
  return (
    <Card
      title="No evidence"
      figure={<span className="text-xs">{edges.unknown > 0 && plural(edges.unknown, 'edge')}</span>}
    >
      {unknown.length === 0 ? (
        <p className="py-2 text-fg-2">Of every edge it is known what protected it.</p>
      ) : (
        <CardTable
          label="Edges without evidence"
          className="min-w-[520px] table-fixed"
          heads={[
            { title: 'Edge', className: 'w-[48%]' },
            { title: 'Not known', className: 'w-28 text-right' },
            { title: 'Why' },
          ]}
        >
          {shown.map(({ evidence: { amounts }, why, ...edge }) => (
            <tr key={edge.id} className={rowClass}>
              <td className={cell}>
                <span className="flex items-baseline gap-2">
                  <StatusMark status="unknown" label="no evidence" />
                  <EdgeButton edge={edge} onOpen={state.openEdge} />
                </span>
              </td>
              <td className={`${cell} text-right whitespace-nowrap`} title={amountText(amounts.unknown, unit)}>
                {formatPercent(amounts.unknown / exposedOf(amounts))}
              </td>
              <td className={`${cell} py-1 text-fg-2`}>{why}</td>
            </tr>
          ))}
        </CardTable>
      )}
      <MoreButton
        shown={most}
        count={unknown.length}
        isWhole={isWhole}
        what="edges"
        onToggle={() => state.showWhole('unknown')}
      />
    </Card>
  )
}

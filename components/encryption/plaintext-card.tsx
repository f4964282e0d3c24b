'use client'

import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { formatBytesRate, formatDateTime, formatPercent, formatRate, plural } from '../format'
import { useWhyNotEdit } from '../access/use-why-not-edit'
import { Card } from '../service/card'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { Value } from '../value'
import { exposedOf } from './class-words'
import { configuredText } from './configured-text'
import { MendMenu } from './mend-menu'
import { MoreButton } from './more-button'
import { CardTable, cell, EdgeButton, edgeName, rowClass } from './parts'
import type { EncryptionState } from './use-encryption-state'
import { useSteadyOrder } from './use-steady-order'

type Plain = EncryptionPage['plaintext'][number]
type Props = {
  data: EncryptionPage
  state: EncryptionState
  /** Opens the dialog that accepts an edge; null where nobody may. */
  onAccept: ((edge: Plain) => void) | null
}

const most = 12

/** Edges with plaintext, worst first: why, what mends it, and who accepts it. */
export function PlaintextCard({ data, state, onAccept }: Props) {
  const { unit, edges } = data
  const plaintext = useSteadyOrder(data.plaintext, unit)
  const isWhole = state.whole.includes('plaintext')
  const shown = isWhole ? plaintext : plaintext.slice(0, most)
  const listed = plaintext.length < edges.plaintext ? `the first ${plaintext.length} of ` : ''
  return (
    <Card
      title={`Plaintext, most ${unit} first`}
      figure={<span className="text-xs">{edges.plaintext > 0 && `${listed}${plural(edges.plaintext, 'edge')}`}</span>}
    >
      {plaintext.length === 0 ? (
        <p className="flex items-center gap-2 py-4 text-fg-2">
          <StatusMark status={data.edges.unknown > 0 ? 'unknown' : 'ok'} label="Plaintext" />
          {data.edges.unknown > 0
            ? 'No edge is known to be in plaintext; of some nobody tells (see below).'
            : 'No edge is in plaintext.'}
        </p>
      ) : (
        <CardTable
          label="Plaintext edges"
          className="min-w-[900px] table-fixed"
          heads={[
            { title: 'Edge', className: 'w-[28%]' },
            { title: 'Requests', className: 'w-20 text-right' },
            { title: 'Bytes', className: 'w-20 text-right' },
            { title: 'Of it plain', className: 'w-20 text-right', hint: `Of the ${unit} of the edge between nodes` },
            { title: 'Why' },
            { title: 'What mends it', className: 'w-[270px] text-right 2xl:w-[400px]' },
          ]}
        >
          {shown.map((edge) => (
            <PlainRow key={edge.id} edge={edge} onOpen={state.openEdge} onAccept={onAccept} />
          ))}
        </CardTable>
      )}
      <MoreButton
        shown={most}
        count={plaintext.length}
        isWhole={isWhole}
        what="edges"
        onToggle={() => state.showWhole('plaintext')}
      />
    </Card>
  )
}

type RowProps = { edge: Plain; onOpen: (id: string) => void; onAccept: Props['onAccept'] }

function PlainRow({ edge, onOpen, onAccept }: RowProps) {
  const { rates, why, mend, accepted, evidence } = edge
  const { amounts } = evidence
  const configured = configuredText(edge.configured)
  const whyNot = useWhyNotEdit()
  const share = (amounts.plaintext + amounts.notEncrypted) / exposedOf(amounts)
  return (
    <tr className={rowClass}>
      <td className={cell}>
        <span className="flex items-baseline gap-2">
          <StatusMark status="warn" label={accepted ? 'plaintext, accepted' : 'plaintext'} />
          <EdgeButton edge={edge} onOpen={onOpen} />
        </span>
      </td>
      <td className={`${cell} text-right`}>
        <Value text={formatRate(rates.requests)} />
      </td>
      <td className={`${cell} text-right`}>
        <Value text={formatBytesRate(rates.bytes)} />
      </td>
      <td className={`${cell} text-right`}>
        <Value text={formatPercent(share)} />
      </td>
      <td className={`${cell} py-1 text-fg-2`}>
        {why || 'nothing tells why'}
        {configured && <span className="block text-xs text-fg-3">configured: {configured}</span>}
        {accepted && (
          <span className="block text-xs text-fg-3" title={accepted.reason}>
            <StatusMark status="audit" label="accepted" /> accepted until{' '}
            {formatDateTime(accepted.expiresAt).slice(0, 10)}, by {accepted.owner}; it still counts as plaintext
          </span>
        )}
      </td>
      <td className={`${cell} text-right whitespace-nowrap`}>
        <span className="inline-flex items-center gap-1">
          {mend && <MendMenu mend={mend} of={edgeName(edge)} />}
          {!accepted && onAccept && (
            <Button
              size="sm"
              variant="quiet"
              aria-label={`Accept for a time: ${edgeName(edge)}`}
              disabled={whyNot !== null}
              title={whyNot ?? 'Accept this plaintext for a time'}
              onClick={() => onAccept(edge)}
            >
              Accept…
            </Button>
          )}
        </span>
      </td>
    </tr>
  )
}

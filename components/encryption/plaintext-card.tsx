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

/** Where six columns have no room, two lines a row: the edge with its figures, then why and what mends it. */
const folded = [
  '@max-4xl:block @max-4xl:[&_:is(thead,tbody)]:block',
  '@max-4xl:[&_tr]:grid @max-4xl:[&_tr]:grid-cols-[minmax(0,1fr)_repeat(3,5.75rem)] @max-4xl:[&_tr]:items-baseline',
  '@max-4xl:[&_tr]:border-b @max-4xl:[&_tr]:border-line @max-4xl:[&_tr]:py-0.5 @max-4xl:[&_tbody>tr:last-child]:border-b-0',
  '@max-4xl:[&_:is(td,th)]:h-auto @max-4xl:[&_:is(td,th)]:border-b-0 @max-4xl:[&_th]:py-1.5',
].join(' ')

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
        <div className="@container">
          <CardTable
            label="Plaintext edges"
            className={`@4xl:table-fixed ${folded}`}
            heads={[
              { title: 'Edge', className: '@4xl:w-[28%]' },
              { title: 'Requests', className: 'w-20 text-right' },
              { title: 'Bytes', className: 'w-20 text-right' },
              { title: 'Of it plain', className: 'w-20 text-right', hint: `Of the ${unit} of the edge between nodes` },
              { title: 'Why', className: '@max-4xl:sr-only' },
              { title: 'What mends it', className: '@max-4xl:sr-only w-[270px] text-right 2xl:w-[400px]' },
            ]}
          >
            {shown.map((edge) => (
              <PlainRow key={edge.id} edge={edge} onOpen={state.openEdge} onAccept={onAccept} />
            ))}
          </CardTable>
        </div>
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
      <td className={`${cell} py-1 text-fg-2 @max-4xl:pl-4.5`}>
        {why || 'nothing tells why'}
        {configured && <span className="block text-xs text-fg-3">configured: {configured}</span>}
        {accepted && (
          <span className="block text-xs text-fg-3" title={accepted.reason}>
            <StatusMark status="audit" label="accepted" /> accepted until{' '}
            {formatDateTime(accepted.expiresAt).slice(0, 10)}, by {accepted.owner}; it still counts as plaintext
          </span>
        )}
      </td>
      <td className={`${cell} text-right whitespace-nowrap @max-4xl:col-span-3`}>
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

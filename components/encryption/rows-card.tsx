'use client'

import type { Amounts, Coverage } from '@/core/encryption/classes'
import type { CoverRow } from '@/core/encryption/encryption-answer'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { type FigureOf } from '@/core/encryption/figure-of'
import { dash, formatPercent } from '../format'
import { Card } from '../service/card'
import { StatusMark } from '../status-mark'
import { Segmented } from '../ui/segmented'
import { ClassBar } from './class-bar'
import { amountText, exposedOf } from './class-words'
import { totalOf } from '@/core/encryption/coverage'
import { coverageText } from './coverage-text'
import { MoreButton } from './more-button'
import { CardTable, cell, rowClass } from './parts'
import { type EncryptionState, type RowKind } from './use-encryption-state'
import { useSteadyOrder } from './use-steady-order'

const titles: Readonly<Record<RowKind, string>> = { namespace: 'Namespace', team: 'Team', cluster: 'Cluster' }
const most = 10

/** Coverage by namespace, team or cluster; each edge counts for both of its ends. */
export function RowsCard({ data, state }: { data: EncryptionPage; state: EncryptionState }) {
  const { rows: kind, setState, openFigure, whole, showWhole } = state
  const all = useSteadyOrder(rowsOf(data, kind), `${kind} ${data.unit}`)
  const isWhole = whole.includes('rows')
  const rows = isWhole ? all : all.slice(0, most)
  return (
    <Card
      title={`By ${kind}`}
      figure={
        <Segmented
          label="Rows"
          value={kind}
          onChange={(rows) => void setState({ rows })}
          size="sm"
          options={[
            { value: 'namespace', label: 'Namespace' },
            { value: 'team', label: 'Team' },
            { value: 'cluster', label: 'Cluster' },
          ]}
        />
      }
    >
      {all.length === 0 ? (
        <p className="py-6 text-fg-3">
          {kind === 'team'
            ? 'No namespace here has a team. Teams come from labels of namespaces or from the configuration.'
            : 'No traffic.'}
        </p>
      ) : (
        <CardTable
          label={`Coverage by ${kind}`}
          heads={[
            { title: titles[kind], className: 'w-[22%]' },
            { title: 'By class' },
            { title: 'Encrypted', className: 'w-24 text-right' },
            { title: 'Plaintext', className: 'w-24 text-right' },
          ]}
        >
          {rows.map((row) => (
            <tr key={row.id} className={rowClass}>
              <td className={cell}>
                <button
                  type="button"
                  title={`${amountText(totalOf(row.amounts), data.unit)} on ${row.edges} edges`}
                  onClick={() => openFigure(figureOf(kind, row.id))}
                  className="block h-7 w-full truncate text-left hover:underline"
                >
                  {row.name}
                  {row.place && <span className="ml-1.5 text-xs text-fg-3">{row.place}</span>}
                </button>
              </td>
              <td className={cell}>
                <ClassBar amounts={row.amounts} />
              </td>
              <td className={`${cell} text-right whitespace-nowrap`}>
                <Covered coverage={row.coverage} />
              </td>
              <td className={`${cell} text-right whitespace-nowrap`}>
                <Plain amounts={row.amounts} />
              </td>
            </tr>
          ))}
        </CardTable>
      )}
      <MoreButton
        shown={most}
        count={all.length}
        isWhole={isWhole}
        what={kind === 'namespace' ? 'rows' : `${kind}s`}
        onToggle={() => showWhole('rows')}
      />
    </Card>
  )
}

type Row = CoverRow & { readonly place: string }

function rowsOf({ groups, teams, clusters }: EncryptionPage, kind: RowKind): readonly Row[] {
  const several = clusters.length > 1
  if (kind === 'namespace')
    return groups.map((group) => ({ ...group, place: several && group.cluster !== '' ? group.cluster : '' }))
  return (kind === 'team' ? teams : clusters).map((row) => ({ ...row, place: '' }))
}

const figureOf = (kind: RowKind, id: string): FigureOf => ({ type: kind === 'namespace' ? 'group' : kind, id })

export const Covered = ({ coverage }: { coverage: Coverage | null }) =>
  coverage ? (
    coverageText(coverage)
  ) : (
    <span className="text-fg-3" title="Nothing went between nodes">
      {dash}
    </span>
  )

/** The share of what left its node that certainly was not encrypted. */
export function Plain({ amounts }: { amounts: Amounts }) {
  const all = exposedOf(amounts)
  if (!(amounts.plaintext > 0)) return <span className="text-fg-3">{all > 0 ? 'none' : dash}</span>
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusMark status="warn" label="plaintext" />
      {formatPercent(amounts.plaintext / all)}
    </span>
  )
}

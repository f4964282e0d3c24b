import { shownKind } from '@/core/policy/policy-name'
import { tierName } from '@/core/policy/tier-name'
import { dash, formatCount, formatDuration, formatShort, formatWhen } from '../format'
import { StatusMark } from '../status-mark'
import { MiddleText } from '../ui/middle-text'
import type { Column } from '../ui/table-head'
import { Value } from '../value'
import { clusterWide, nsOf } from './narrow-policies'
import { tierOf, writtenOrder } from './place-of'
import { isKept, ownerWords } from './policy-words'
import type { PolicyLine } from './sort-policies'
import { UseMark } from './use-mark'
import { ago, coarse, decides, directionWords, hitsTitle, lastManager, lastUsed } from './row-words'
import { isUnused, type ShownPage, type ShownPolicy } from './shown-page'

/** The columns of the list. */
export const policyColumns = (page: ShownPage): readonly Column<PolicyLine>[] =>
  columnsOf(page).map((column) => ({
    ...column,
    cell: (line) => (line.type === 'policy' ? column.cell(line.row) : null),
  }))

const columnsOf = ({ at: now, tiers, workloads }: ShownPage): readonly Column<ShownPolicy>[] => [
  {
    id: 'name',
    title: 'Policy',
    width: 184,
    max: 300,
    sortable: true,
    cell: (row) => (
      <span className="flex items-center gap-2" title={row.name}>
        <UseMark row={row} />
        <MiddleText text={row.ref.name} title={undefined} />
        {row.mode === 'staged' && <span className="shrink-0 text-2xs text-fg-3">staged</span>}
      </span>
    ),
  },
  {
    id: 'kind',
    title: 'Kind',
    width: 116,
    grow: true,
    yields: 2,
    sortable: true,
    cell: ({ ref }) => (
      <span className="block truncate text-fg-2" title={`${ref.group}/${ref.kind}`}>
        {shownKind(ref)}
      </span>
    ),
  },
  {
    id: 'namespace',
    title: 'Namespace',
    width: 104,
    max: 104,
    yields: 1,
    sortable: true,
    cell: (row) =>
      nsOf(row) === clusterWide ? (
        <span className="text-fg-3">whole cluster</span>
      ) : (
        <span className="block truncate">{row.ref.namespace}</span>
      ),
  },
  {
    id: 'place',
    title: 'Tier and order',
    width: 116,
    max: 116,
    yields: 3,
    sortable: true,
    cell: (row) => {
      const tier = tierOf(row, tiers)
      return tier === null ? (
        <Value text={dash} />
      ) : (
        <span className="flex gap-1.5" title={tierName(tier)}>
          <span className="min-w-0 truncate">{tierName(tier)}</span>
          <span className="shrink-0 text-fg-3">{writtenOrder(row, tier)}</span>
        </span>
      )
    },
  },
  {
    id: 'selects',
    title: 'Workloads that it selects',
    head: 'Selects',
    width: 70,
    max: 70,
    align: 'right',
    sortable: true,
    cell: (row) => <Selects row={row} workloads={workloads} />,
  },
  {
    id: 'directions',
    title: 'Directions',
    head: 'In, out',
    width: 66,
    max: 66,
    yields: 3,
    cell: (row) => <span className="text-xs text-fg-2">{directionWords(row)}</span>,
  },
  {
    id: 'allowed',
    title: 'Allowed',
    width: 64,
    max: 64,
    align: 'right',
    sortable: true,
    cell: (row) => (
      <span title={hitsTitle(row)}>
        <Value text={decides(row) && !row.unknownUse ? formatShort(row.hits.allowed) : dash} />
      </span>
    ),
  },
  {
    id: 'denied',
    title: 'Denied',
    width: 78,
    max: 78,
    align: 'right',
    sortable: true,
    cell: (row) => (
      <span title={hitsTitle(row)}>
        {row.hits.denied > 0 ? (
          <StatusMark status="bad" label={formatShort(row.hits.denied)} showLabel />
        ) : (
          <Value text={decides(row) && !row.unknownUse ? formatShort(row.hits.denied) : dash} />
        )}
      </span>
    ),
  },
  {
    id: 'last',
    title: 'Last used',
    width: 102,
    max: 102,
    yields: 3,
    align: 'right',
    sortable: true,
    cell: (row) =>
      lastUsed(row) !== null ? (
        <span className="whitespace-nowrap" title={formatWhen(lastUsed(row))}>
          {ago(lastUsed(row), now)}
        </span>
      ) : isUnused(row) ? (
        <span
          className="text-xs whitespace-nowrap text-fg-2"
          title={`Nothing was decided by it in ${formatDuration(row.usage?.span)}`}
        >
          unused {coarse(row.usage?.span)}
        </span>
      ) : (
        <Value text={dash} />
      ),
  },
  {
    id: 'findings',
    title: 'Findings',
    width: 62,
    max: 62,
    align: 'right',
    yields: 3,
    sortable: true,
    cell: ({ findings }) => (findings.length > 0 ? formatCount(findings.length) : <span className="text-fg-3">0</span>),
  },
  {
    id: 'owner',
    title: 'Owner',
    width: 108,
    grow: true,
    yields: 3,
    sortable: true,
    cell: ({ owner }) => (
      <span className={`block truncate text-xs ${isKept(owner) ? '' : 'text-fg-2'}`} title={ownerWords(owner)}>
        {ownerWords(owner)}
      </span>
    ),
  },
  {
    id: 'changed',
    title: 'Last change',
    width: 86,
    max: 86,
    align: 'right',
    yields: 3,
    sortable: true,
    cell: ({ changedAt, managers }) => (
      <span className="text-xs whitespace-nowrap text-fg-2" title={`${formatWhen(changedAt)}${lastManager(managers)}`}>
        {ago(changedAt, now)}
      </span>
    ),
  },
]

type SelectsProps = { row: ShownPolicy; workloads: ShownPage['workloads'] }

const namedAtMost = 12

function Selects({ row: { selects, unknownSelects, layer, unreadable }, workloads }: SelectsProps) {
  if (layer === 'none' || unreadable !== null) return <Value text={dash} />
  if (selects.length === 0 && unknownSelects) return <Value text={dash} />
  if (selects.length === 0) return <StatusMark status="warn" label="none" showLabel />
  const names = selects.slice(0, namedAtMost).map((at) => `${workloads[at]?.namespace}/${workloads[at]?.name}`)
  const more = selects.length > namedAtMost ? [`and ${formatCount(selects.length - namedAtMost)} more`] : []
  return <span title={[...names, ...more].join('\n')}>{formatCount(selects.length)}</span>
}

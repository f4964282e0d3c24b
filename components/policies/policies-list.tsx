'use client'

import { useMemo } from 'react'
import { plural } from '../format'
import { Table } from '../ui/table'
import { policyColumns } from './columns'
import { groupPolicies, type PolicyLine, sortPolicies } from './sort-policies'
import type { PoliciesState } from './use-policies-state'
import type { ShownPage, ShownPolicy } from './shown-page'

type Props = { page: ShownPage; rows: readonly ShownPolicy[]; state: PoliciesState }

const lineKey = (line: PolicyLine) => (line.type === 'policy' ? line.row.key : line.key)

/** Every policy in one table. */
export function PoliciesList({ page, rows, state }: Props) {
  const { sort, sortBy, group, open, sel } = state
  const columns = useMemo(() => policyColumns(page), [page])
  const lines = useMemo(() => {
    const sorted = sortPolicies(rows, sort, page.tiers)
    return group === 'none'
      ? sorted.map((row): PolicyLine => ({ type: 'policy', row }))
      : groupPolicies(sorted, group, page.tiers)
  }, [rows, sort, group, page.tiers])
  return (
    <Table
      label="Policies"
      columns={columns}
      rows={lines}
      rowKey={lineKey}
      sort={sort}
      onSort={sortBy}
      onOpen={(line) => line.type === 'policy' && open(line.row.key)}
      selected={sel}
      heading={heading}
    />
  )
}

const heading = (line: PolicyLine) =>
  line.type === 'head' ? (
    <span className="flex items-center gap-2 text-xs text-fg-2">
      <b className="font-semibold text-fg">{line.label}</b>
      {plural(line.count, 'policy', 'policies')}
    </span>
  ) : null

'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { endpointKey } from '@/core/endpoint'
import type { Isolation, NamespaceCover, WorkloadCover } from '@/core/policy/pages/policies-page'
import { dash, formatCount, plural } from '../format'
import { servicePath } from '../service-path'
import { useKeptSearch } from '../shell/use-kept-search'
import { type Status, StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { Table } from '../ui/table'
import type { Column } from '../ui/table-head'
import { Value } from '../value'
import { useCanEdit } from './can-edit'
import { type CoverageLine, coverageLines } from './coverage'
import { editorPath } from './editor-links'
import type { PoliciesState } from './use-policies-state'
import type { ShownPage } from './shown-page'

type Props = { page: ShownPage; state: PoliciesState }

/** Who is isolated, in which direction and by what; the uncovered first. */
export function CoverageView({ page, state }: Props) {
  const { find, ns } = state
  const lines = useMemo(() => coverageLines(page, { find, ns }), [page, find, ns])
  const kept = useKeptSearch()
  const router = useRouter()
  const canEdit = useCanEdit()
  const columns = useMemo(() => columnsOf(page, state, kept, canEdit), [page, state, kept, canEdit])
  const heading = useCallback(
    (line: CoverageLine) =>
      line.type === 'namespace' ? <NamespaceHead row={line.row} page={page} canEdit={canEdit} kept={kept} /> : null,
    [page, canEdit, kept],
  )
  if (lines.length === 0) {
    const narrowed = find !== '' || ns !== null
    return narrowed ? (
      <EmptyState title="No workload matches" actions={<Button onClick={state.clear}>Clear filters</Button>}>
        {find && `Shown are only those with “${find}”. `}
        {ns && `Only namespace ${ns} is shown.`}
      </EmptyState>
    ) : (
      <EmptyState title="No workload is known">The inventory of {page.cluster} names no pods.</EmptyState>
    )
  }
  return (
    <Table
      label="Coverage"
      columns={columns}
      rows={lines}
      rowKey={({ type, key }) => `${type} ${key}`}
      onOpen={(line) => {
        if (line.type === 'workload') router.push(`${servicePath({ cluster: page.cluster, ...line.row })}${kept}`)
      }}
      heading={heading}
    />
  )
}

const words: Readonly<Record<Isolation['state'], readonly [Status, string]>> = {
  isolated: ['ok', 'isolated'],
  open: ['warn', 'open'],
  maybe: ['unknown', 'not known'],
}

function columnsOf(
  page: ShownPage,
  state: PoliciesState,
  kept: string,
  canEdit: boolean,
): readonly Column<CoverageLine>[] {
  const column = (
    id: string,
    title: string,
    width: number,
    cell: (row: WorkloadCover) => React.ReactNode,
    more: Partial<Column<CoverageLine>> = {},
  ): Column<CoverageLine> => ({
    id,
    title,
    width,
    cell: (line) => (line.type === 'workload' ? cell(line.row) : null),
    ...more,
  })
  const isolation = (one: Isolation | null, isLoud = false) => (
    <IsolationCell of={one} isLoud={isLoud} page={page} state={state} />
  )
  return [
    column(
      'workload',
      'Workload',
      190,
      ({ name, kind }) => (
        <span className="flex items-baseline gap-2 pl-4">
          <span className="min-w-0 truncate">{name}</span>
          <span className="shrink-0 text-xs text-fg-3">{kind}</span>
        </span>
      ),
      { max: 300 },
    ),
    column('ingress', 'What may come in', 205, ({ ingress }) => isolation(ingress, true), { grow: true }),
    column('egress', 'Where it may go', 205, ({ egress }) => isolation(egress), { grow: true }),
    column('mesh', 'By policies of the mesh', 140, ({ mesh }) => isolation(mesh), { yields: true }),
    ...(canEdit
      ? [
          column('mend', 'Isolate it', 150, (row) => <Mend row={row} cluster={page.cluster} kept={kept} />, {
            head: '',
            align: 'right',
          } as const),
        ]
      : []),
  ]
}

/** In a word, and by which policies; each leads to its panel. */
type IsolationProps = {
  of: Isolation | null
  /** Marks what is open. */
  isLoud: boolean
  page: ShownPage
  state: PoliciesState
}

function IsolationCell({ of, isLoud, page, state }: IsolationProps) {
  if (of === null) return <Value text={dash} />
  // What cannot be read may isolate it.
  const [status, word] = of.state === 'open' && page.unread.length > 0 ? words.maybe : words[of.state]
  const by = of.by.flatMap((at) => page.policies[at] ?? [])
  return (
    <span className="flex items-center gap-2">
      {status === 'warn' && !isLoud ? (
        <span className="pl-4 text-fg-2">{word}</span>
      ) : (
        <StatusMark status={status} label={word} showLabel className="shrink-0" />
      )}
      <span className="min-w-0 truncate text-xs text-fg-3" title={by.map(({ name }) => name).join('\n')}>
        {by.slice(0, 2).map(({ key, ref }, i) => (
          <span key={key}>
            {i > 0 && ', '}
            <button
              type="button"
              tabIndex={-1}
              onClick={(event) => {
                event.stopPropagation()
                state.open(key)
              }}
              className="min-h-6 text-fg-2 hover:underline"
            >
              {ref.name}
            </button>
          </span>
        ))}
        {by.length > 2 && ` and ${by.length - 2} more`}
      </span>
    </span>
  )
}

function Mend({ row, cluster, kept }: { row: WorkloadCover; cluster: string; kept: string }) {
  if (row.ingress.state === 'isolated' && row.egress.state === 'isolated') return null
  const key = endpointKey({ cluster, namespace: row.namespace, kind: row.kind, name: row.name })
  return (
    <Link
      prefetch={false}
      href={editorPath({ least: key }, kept)}
      onClick={(event) => event.stopPropagation()}
      className="inline-flex h-6 items-center text-xs text-accent hover:underline"
      aria-label={`Suggest from traffic for ${row.namespace}/${row.name}`}
    >
      Suggest from traffic
    </Link>
  )
}

type HeadProps = { row: NamespaceCover; page: ShownPage; canEdit: boolean; kept: string }

function NamespaceHead({ row, page, canEdit, kept }: HeadProps) {
  const { namespace, workloads, ingress, egress, inMesh, mesh, policies } = row
  const covered = ingress === workloads && egress === workloads
  return (
    <span className="flex items-center gap-3 text-xs text-fg-2">
      <StatusMark
        status={covered ? 'ok' : ingress === 0 ? 'warn' : 'unknown'}
        label={covered ? 'wholly isolated' : ingress === 0 ? 'nothing that comes in is restricted' : 'partly isolated'}
      />
      <b className="font-semibold text-fg">{namespace}</b>
      <span>{plural(workloads, 'workload')}</span>
      <span>
        {formatCount(ingress)} isolated in, {formatCount(egress)} out
      </span>
      {inMesh > 0 && (
        <span>
          {formatCount(inMesh)} in the mesh, {mesh === 0 ? 'none' : mesh === inMesh ? 'all' : formatCount(mesh)}{' '}
          isolated by its policies
        </span>
      )}
      <span className="text-fg-3">{plural(policies, 'policy', 'policies')}</span>
      <span className="flex-1" />
      {canEdit && !covered && (
        <Link
          prefetch={false}
          href={editorPath({ isolate: `${page.cluster}/${namespace}` }, kept)}
          className="inline-flex h-6 items-center text-accent hover:underline"
          aria-label={`Isolate the namespace ${namespace}`}
        >
          Isolate the namespace
        </Link>
      )}
    </span>
  )
}

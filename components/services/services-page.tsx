'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { plural } from '../format'
import { servicesQuery } from './queries'
import { servicePath } from '../service-path'
import { CsvButton } from '../share/csv-button'
import { ConsolePage } from '../shell/console-page'
import { ErrorState } from '../shell/error-state'
import { NothingHere } from '../shell/nothing-here'
import { useUntold } from '../shell/untold'
import { useKeptSearch } from '../shell/use-kept-search'
import { healthStatus, StatusMark } from '../status-mark'
import { useStale, withoutHealth } from '../use-stale'
import { useVersus, useViewParams } from '../url-state'
import { Segmented } from '../ui/segmented'
import { SkeletonRows } from '../ui/skeleton'
import { Table } from '../ui/table'
import { CompareMenu } from '../compare/compare-menu'
import { ColumnMenu } from '../ui/column-menu'
import { ChartsStrip } from './charts-strip'
import { columnChoices, columnsOf } from './columns'
import { HealthCounts } from './health-counts'
import { ChartsContext } from './service-chart'
import { groupRows, type Line, sortServices } from './sort-services'
import { servicesHeader, servicesRows } from './services-csv'
import { useServiceCharts } from './use-service-charts'
import { useServicesState } from './use-services-state'

const lineKey = (line: Line) => (line.type === 'service' ? line.row.id : line.key)

/** Which service is unwell? */
export function ServicesPage() {
  const params = useViewParams()
  const [versus] = useVersus()
  const query = useQuery(
    servicesQuery({ ...params, ...(versus === null ? {} : { vs: String(versus), gone: '1' as const }) }),
  )
  const { error, refetch, dataUpdatedAt, isPlaceholderData } = query
  const stale = useStale(query.isError, dataUpdatedAt)
  const data = useMemo(() => (stale ? query.data?.map(withoutHealth) : query.data), [stale, query.data])
  const { sort, sortBy, group, setGroup, columns: chosen, isUsual, setColumns } = useServicesState()
  const untold = useUntold()
  const recorded = untold === null
  const columns = useMemo(() => columnsOf(chosen, versus !== null, recorded), [chosen, versus, recorded])
  const router = useRouter()
  const search = useKeptSearch()
  const lines = useMemo(() => {
    const sorted = sortServices(data ?? [], sort)
    return group !== 'none' ? groupRows(sorted, group) : sorted.map((row): Line => ({ type: 'service', row }))
  }, [data, sort, group])
  const { charts, onSight, failed, retry } = useServiceCharts(lines, params, versus === null)
  const open = (line: Line) => {
    if (line.type === 'service') router.push(`${servicePath(line.row)}${search}`)
  }
  return (
    <ConsolePage
      title="Services"
      placeholder="find or filter, e.g. ns:shop error:>5%"
      actions={<CompareMenu />}
      asOf={dataUpdatedAt || null}
    >
      <div className="flex min-h-12 shrink-0 flex-wrap items-center justify-between gap-2 px-3 py-2">
        <HealthCounts rows={data} untold={untold} />
        <div className="flex gap-2">
          {data && data.length > 0 && (
            <CsvButton what="services" header={servicesHeader} rows={() => servicesRows(lines)} />
          )}
          <Segmented
            label="Group"
            value={group}
            onChange={setGroup}
            options={[
              { value: 'none', label: 'All' },
              { value: 'namespace', label: 'By namespace' },
              { value: 'team', label: 'By team' },
            ]}
          />
          <ColumnMenu
            choices={columnChoices}
            chosen={chosen}
            onChange={setColumns}
            onReset={isUsual ? null : () => setColumns(null)}
          />
        </div>
      </div>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={18} label="Loading services" />
      ) : lines.length === 0 ? (
        <NothingHere what="service" title="No service in this time range">
          Neither the inventory nor the traffic of this range names one.
        </NothingHere>
      ) : (
        <div
          aria-busy={isPlaceholderData}
          className={`flex min-h-0 flex-1 flex-col ${isPlaceholderData ? 'opacity-60' : ''}`}
        >
          {failed && <ChartsStrip onRetry={retry} />}
          <ChartsContext value={charts}>
            <Table
              label="Services"
              columns={columns}
              rows={lines}
              rowKey={lineKey}
              sort={sort}
              onSort={sortBy}
              onOpen={open}
              onSight={onSight}
              heading={heading}
            />
          </ChartsContext>
        </div>
      )}
    </ConsolePage>
  )
}

function heading(line: Line) {
  if (line.type === 'service') return null
  return (
    <span className="flex items-center gap-2 text-xs text-fg-2">
      <StatusMark status={healthStatus[line.worst]} label={`worst: ${line.worst}`} />
      <b className="font-semibold text-fg">{line.label}</b>
      {plural(line.count, 'service')}
    </span>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import type { EncryptionTrend } from '@/core/encryption/build-trend'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import type { EncryptionException } from '@/core/encryption/exception'
import type { EncryptionReadiness } from '@/core/encryption/readiness'
import { formatDateTime } from '../../format'
import { currentZone } from '../../zone'
import { sourcesQuery } from '../../sources/queries'
import { partialSentences } from '../../shell/partial-strip'
import { unitWords } from '../class-words'
import { untoldSentence } from '../untold'
import { boundsText, coverageText, isExact } from '../coverage-text'
import { TrendChart } from '../trend-chart'
import { changeWords } from '../trend-card'
import { ClassesTable } from './classes-table'
import { CoverTable } from './cover-table'
import { EdgesTables } from './edges-tables'
import { ExceptionsTable } from './exceptions-table'
import { GroundTables } from './ground-tables'
import { Method } from './method'
import { Chapter } from './parts'
import { ReadinessTable } from './readiness-table'
import { useScopeWords } from './use-scope-words'

export type ReportProps = {
  readonly data: EncryptionPage
  readonly trend: EncryptionTrend | null
  readonly exceptions: readonly EncryptionException[]
  readonly readiness: EncryptionReadiness | null
}

/** Whose clock the times are of. */
const zoneName = (): string => (currentZone() === 'utc' ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone)

/** The document, chapter by chapter. */
export function Report({ data, trend, exceptions, readiness }: ReportProps) {
  const scope = useScopeWords(data)
  const { data: sources } = useQuery(sourcesQuery())
  const { window, unit, coverage } = data
  const zone = zoneName()
  const untold = untoldSentence(data)
  const partial = partialSentences(sources?.sources ?? [], data.gaps, window.to)
  return (
    <article data-report className="mx-auto max-w-[860px] px-6 py-4 text-fg">
      <div>
        <h2 className="text-2xl font-semibold tracking-tight">Encryption in transit</h2>
        <dl className="mt-2 grid grid-cols-[max-content_1fr] gap-x-4 gap-y-0.5 text-fg-2">
          <dt>Period</dt>
          <dd className="text-fg">
            {formatDateTime(window.from, 'min')} to {formatDateTime(window.to, 'min')} ({zone})
          </dd>
          <dt>Scope</dt>
          <dd className="text-fg">{scope}</dd>
          <dt>Counted in</dt>
          <dd className="text-fg">{unitWords[unit]}</dd>
        </dl>
      </div>
      <Chapter title="Result">
        <p>
          <b className="text-xl font-semibold">{coverageText(coverage)}</b> of {unitWords[unit]} between nodes and to
          the outside were encrypted: {boundsText(coverage)}
          {coverage && !isExact(coverage) && '; the difference is traffic without enough evidence'}.
        </p>
        {untold && <p className="mt-1 text-fg-2">{untold}</p>}
        {partial.length > 0 && <p className="mt-1 text-fg-2">Data of this period is partial: {partial.join('; ')}.</p>}
        <ClassesTable data={data} />
      </Chapter>
      {trend && (
        <Chapter title="Over time">
          <TrendChart trend={trend} marks={[]} height={130} />
          <p className="text-fg-2">The band lies between least and most. {changeWords(trend)}</p>
        </Chapter>
      )}
      <Chapter title="By namespace">
        <CoverTable rows={data.groups} unit={unit} of="Namespace" />
        {data.teams.length > 0 && <CoverTable rows={data.teams} unit={unit} of="Team" />}
        {data.clusters.length > 1 && <CoverTable rows={data.clusters} unit={unit} of="Cluster" />}
      </Chapter>
      <EdgesTables data={data} />
      <Chapter title="Accepted plaintext">
        <ExceptionsTable exceptions={exceptions} now={window.to} />
      </Chapter>
      <GroundTables data={data} />
      <ReadinessTable readiness={readiness} />
      <Method />
    </article>
  )
}

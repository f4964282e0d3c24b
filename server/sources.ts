import { kindOfSource } from '@/core/sources/kind-source'
import { type Scope, seesCluster } from '@/core/scope'
import { placeOfSource } from '@/core/sources/source-place'
import type { SourceRow, SourcesAnswer } from '@/core/sources/source-row'
import type { SourceGap } from '@/core/world'
import { readGaps } from '@/server/db/sources/read-gaps'
import { type Lost, readLost } from '@/server/db/sources/read-lost'
import { readRecordings } from '@/server/db/recordings/read-recordings'
import { readSources, type StoredSource } from '@/server/db/sources/read-sources'
import { database } from './database'
import { veiledGap, veiledSource, veiledSources } from './veiled-source'
import { freshnessOf, isTelemetry } from './world'

const dayMs = 86_400_000
const maxGaps = 50

/** How every source does, and which recordings there are, of the clusters within the scope. */
export async function loadSources(scope: Scope): Promise<SourcesAnswer> {
  const db = database()
  const now = Date.now()
  const since = now - dayMs
  const [stored, gaps, lost, recordings] = await Promise.all([
    readSources(db),
    readGaps(db, { from: since, to: now }),
    readLost(db, since),
    readRecordings(db),
  ])
  const inCluster = seesCluster(scope)
  const shownGaps = scope.all ? gaps : gaps.map(veiledGap)
  const shownLost = scope.all ? lost : lost.map((each) => ({ ...each, source: veiledSource(each.source) }))
  const near = stored.filter((source) => inCluster(source.cluster))
  const seen = scope.all ? near : veiledSources(near).map((source) => told(source, near))
  return {
    sources: seen.filter(isTelemetry).map((source) => sourceRow(source, shownGaps, shownLost)),
    // A recording is of a whole cluster; until scopes know of recordings, only who sees everything sees them.
    recordings: scope.all ? recordings : [],
    inventory: seen
      .filter((source) => !isTelemetry(source))
      .map((source) => {
        const { cluster, state } = freshnessOf(source)
        return {
          cluster,
          kind: kindOfSource(source.id),
          state,
          message: source.message,
          objects: scope.all ? Number(source.facts.objects ?? 0) : null,
        }
      }),
  }
}

/** What a source says of itself and where it is names machines and namespaces of everybody; how it does concerns all who use it. Those of one type are told apart. */
const told = (source: StoredSource, all: readonly StoredSource[]): StoredSource => ({
  ...source,
  target: all.filter(({ type }) => type === source.type).length > 1 ? placeOfSource(source.id) : '',
  message: source.message === '' ? '' : 'Who sees the whole cluster is told why.',
  facts: {},
})

function sourceRow(source: StoredSource, gaps: readonly SourceGap[], lost: readonly Lost[]): SourceRow {
  const { id, title, target, message, rate, toldUntil, lastReadAt, records, malformed, facts } = source
  return {
    ...freshnessOf(source),
    title,
    target,
    message,
    rate,
    lagMs: toldUntil === null || lastReadAt === null ? null : Math.max(0, lastReadAt - toldUntil),
    records,
    malformed,
    facts,
    gaps: gaps.filter((gap) => gap.source === id).slice(0, maxGaps),
    lost: lost
      .filter((each) => each.source === id)
      .map(({ cause, records, gaps, uncounted }) => ({ cause, records, gaps, uncounted })),
  }
}

import { isSilent } from '../series/covered'
import { sourceName } from '../sources/source-name'
import type { SourceFreshness, SourceGap } from '../world'
import { placeOfSource } from '../sources/source-place'
import type { Audit } from './context'
import type { Draft } from './finding'

const stateWords: Partial<Record<SourceFreshness['state'], string>> = {
  retrying: 'cannot be reached',
  stopped: 'is stopped',
  failed: 'has failed',
}

/** Sources that are away or lose events: what they would have seen is unknown. Where Oriel itself read none of several, that is one finding. */
export const source: Audit = ({ world }) => {
  const gaps = world.gaps.filter((gap) => overlaps(gap, world.window))
  const unread = world.sources.filter(({ id }) => gaps.some((gap) => gap.source === id && isUnread(gap)))
  const together = unread.length > 1
  const told = together ? gaps.filter((gap) => !isUnread(gap)) : gaps
  return [
    ...(together ? [notCollecting(unread, world.sources)] : []),
    ...world.sources.flatMap((each) =>
      ofSource(
        each,
        told.filter((gap) => gap.source === each.id),
        world.sources,
      ),
    ),
  ]
}

/** Oriel did not read a source, as while it is being updated. */
const isUnread = ({ cause, part }: SourceGap): boolean => cause === 'collector_down' && part === ''

const quiet = { severity: 'unknown', subject: null, endpoints: [], affected: [], watch: null } as const

const notCollecting = (sources: readonly SourceFreshness[], all: readonly SourceFreshness[]): Draft => ({
  ...quiet,
  audit: 'source',
  title: 'Oriel was not collecting for a part of this time',
  sentence: `What its ${sources.length} sources saw meanwhile is unknown, and absent figures are not zero.`,
  evidence: sources
    .slice(0, 5)
    .map((each) => ({ figure: 'gap', value: 'collector_down', witness: nameWithPlace(each, all) })),
  weight: 1,
})

function ofSource(
  each: SourceFreshness,
  gaps: readonly SourceGap[],
  all: readonly SourceFreshness[],
): readonly Draft[] {
  const state = stateWords[each.state]
  if (!state && gaps.length === 0) return []
  const silent = gaps.filter(isSilent)
  const lost = gaps.reduce((sum, gap) => sum + (gap.lost ?? 0), 0)
  const name = isAlone(each.type, all) ? sourceName(each.type) : nameWithPlace(each, all)
  const what = state
    ? `${name} ${state}`
    : silent.length > 0
      ? `${name} told nothing for a part of this time`
      : `${name} lost events`
  return [
    {
      ...quiet,
      audit: 'source',
      title: what,
      sentence: `${lost > 0 ? `${lost.toLocaleString('en')} records are known to be lost. ` : ''}What only it sees is unknown ${state ? 'since then' : 'in its gaps'}, and absent figures are not zero.`,
      evidence: gaps.slice(0, 5).map((gap) => ({ figure: 'gap', value: gap.cause, witness: nameWithPlace(each, all) })),
      weight: state ? 2 : silent.length > 0 ? 1 : 0,
    },
  ]
}

/** With where it is, as the page of sources says: an id is its type and its address, or within a scope its number, which says nothing of the only one. */
function nameWithPlace({ id, type, cluster }: SourceFreshness, all: readonly SourceFreshness[]): string {
  const place = id.startsWith(`${type}:`) ? placeOfSource(id) : cluster || id
  if (!place.startsWith('#')) return `${sourceName(type)} at ${place}`
  return isAlone(type, all) ? sourceName(type) : `${sourceName(type)} ${place}`
}

const isAlone = (type: string, all: readonly SourceFreshness[]): boolean =>
  all.filter((each) => each.type === type).length === 1

const overlaps = (gap: SourceGap, window: { from: number; to: number }): boolean =>
  gap.from < window.to && (gap.to ?? Infinity) > window.from

import { isSilent } from '../covered'
import { sourceName } from '../source-name'
import type { SourceFreshness, SourceGap } from '../world'
import { placeOfSource } from '../source-place'
import type { Audit } from './context'
import type { Draft } from './finding'

const stateWords: Partial<Record<SourceFreshness['state'], string>> = {
  retrying: 'cannot be reached',
  stopped: 'is stopped',
  failed: 'has failed',
}

/** Sources that are away or lose events: what they would have seen is unknown. */
export const source: Audit = ({ world }) =>
  world.sources.flatMap((each): Draft[] => {
    const gaps = world.gaps.filter((gap) => gap.source === each.id && overlaps(gap, world.window))
    const state = stateWords[each.state]
    const silent = gaps.filter(isSilent)
    const lost = gaps.reduce((sum, gap) => sum + (gap.lost ?? 0), 0)
    if (!state && gaps.length === 0) return []
    const alone = world.sources.filter(({ type }) => type === each.type).length === 1
    const name = alone ? sourceName(each.type) : nameWithPlace(each)
    const what = state
      ? `${name} ${state}`
      : silent.length > 0
        ? `${name} was away for a part of this time`
        : `${name} lost events`
    return [
      {
        audit: 'source',
        severity: 'unknown',
        title: what,
        sentence: `${lost > 0 ? `${lost.toLocaleString('en')} records are known to be lost. ` : ''}What only it sees is unknown ${state ? 'since then' : 'in its gaps'}, and absent figures are not zero.`,
        subject: null,
        endpoints: [],
        affected: [],
        evidence: gaps.slice(0, 5).map((gap) => ({ figure: 'gap', value: gap.cause, witness: nameWithPlace(each) })),
        watch: null,
        weight: state ? 2 : silent.length > 0 ? 1 : 0,
      },
    ]
  })

/** With where it is, as the page of sources says: an id is its type and its address, or within a scope its number. */
function nameWithPlace({ id, type, cluster }: SourceFreshness): string {
  const place = id.startsWith(`${type}:`) ? placeOfSource(id) : cluster || id
  return `${sourceName(type)} ${place.startsWith('#') ? '' : 'at '}${place}`
}

const overlaps = (gap: SourceGap, window: { from: number; to: number }): boolean =>
  gap.from < window.to && (gap.to ?? Infinity) > window.from

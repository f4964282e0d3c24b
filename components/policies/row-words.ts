import type { ObjectManager } from '@/core/policy/ground'
import type { Hits } from '@/core/policy/pages/hits'
import { sourceName } from '@/core/sources/source-name'
import { dash, formatCount, formatDuration } from '../format'
import type { ShownPolicy } from './shown-page'

/** Whether it decides on connections, so that its figures mean something. */
export const decides = ({ layer, unreadable, mode }: ShownPolicy): boolean =>
  layer !== 'none' && unreadable === null && mode === 'enforced'

/** Who says that it was this policy: `judged by Oriel`, `told by Hubble`. */
export function witnessWords({ witnesses }: Pick<Hits, 'witnesses'>): string {
  const told = witnesses.filter((one) => one !== 'engine').map(sourceName)
  return [
    ...(told.length > 0 ? [`told by ${told.join(' and ')}`] : []),
    ...(witnesses.includes('engine') ? ['judged by Oriel'] : []),
  ].join(', else ')
}

/** Of a policy that may have decided traffic of others. */
export const unknownUseWords = 'Not known: traffic may have ends that you may not see.'

/** `1,204 allowed, 3 denied; told by Goldmane`. */
export function hitsTitle(row: ShownPolicy): string {
  if (!decides(row))
    return row.mode === 'staged' ? 'It is staged and decides nothing.' : 'It decides nothing by itself.'
  if (row.unknownUse) return unknownUseWords
  const { allowed, denied, edges } = row.hits
  if (edges === 0) return 'It decided on nothing that was recorded.'
  return `${formatCount(allowed)} allowed, ${formatCount(denied)} denied; ${witnessWords(row.hits)}`
}

/** In which directions it speaks: `in`, `out`, `in, out`. */
export function directionWords({ places }: Pick<ShownPolicy, 'places'>): string {
  const has = (direction: 'ingress' | 'egress') => places.some((place) => place.direction === direction)
  return [has('ingress') && 'in', has('egress') && 'out'].filter(Boolean).join(', ')
}

/** ` by kubectl`: who wrote last; '' where that is not told. */
export function lastManager(managers: readonly ObjectManager[]): string {
  const [last] = managers.toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0))
  return last ? ` by ${last.manager}` : ''
}

/** When it decided last, as far as that is known. */
export const lastUsed = ({ hits, usage }: ShownPolicy): number | null => hits.lastUsed ?? usage?.last ?? null

/** The largest unit alone, where room is short: `14 d`. */
export const coarse = (ms: number | undefined): string => formatDuration(ms).split(' ')[0] ?? ''

/** `3 d ago`, in the largest unit alone. */
export const ago = (time: number | null, now: number): string =>
  time === null ? dash : now - time < 1_000 ? 'now' : `${coarse(now - time)} ago`

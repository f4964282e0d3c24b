import { levels } from '@/core/graph/graph'
import { directions } from '@/core/graph/graph-focus'
import { groupings } from '@/core/graph/graph-groups'
import { clean } from '@/core/text/text'
import { defaultLast, parseLast } from './time-range'
import { parsePlaces, parseSight } from './map/scene/look'
import { edgeLabels, focusHops, lenses, mapViews, urlParsers } from './url-state'

/** Parameters of a link that the page does not follow: what was asked, why not, and what is shown in its place. */
export type LinkProblem = {
  readonly names: readonly string[]
  readonly asked: string
  readonly why: string
  readonly shown: string
  /** What the parameter can be, as a sentence without its stop; '' where that is no list. */
  readonly can: string
}

const unreadable = 'which cannot be read'
const maxValue = 40

/** What the map shows where one of its own parameters cannot be read, and what these can be. */
const mapParams = {
  level: { shown: 'workloads', choices: levels },
  lens: { shown: 'the health lens', choices: lenses },
  view: { shown: 'the drawn map', choices: mapViews },
  by: { shown: 'namespaces as regions', choices: groupings },
  labels: { shown: 'labels on what is chosen or unwell', choices: edgeLabels },
  hops: { shown: '2 hops', choices: focusHops },
  dir: { shown: 'callers and callees', choices: directions },
} as const
const mapNames = [
  'level',
  'lens',
  'view',
  'by',
  'labels',
  'hops',
  'dir',
] as const satisfies readonly (keyof typeof mapParams)[]

/** `lens can be health, traffic or errors`. */
const canBe = (name: keyof typeof mapParams): string => {
  const choices: readonly string[] = mapParams[name].choices
  return `${name} can be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}

/**
 * Everything in a link that cannot be followed, in the order of importance: time, recording, cluster, then
 * what belongs to the map alone (`onMap`). An empty value asks for nothing. `clusters` are those that are
 * known; null while nobody knows.
 */
export function linkProblems(
  search: URLSearchParams,
  onMap: boolean,
  clusters: readonly string[] | null = null,
): LinkProblem[] {
  const text = (name: string) => search.get(name) || null
  const asked = (names: readonly string[]) =>
    names.map((name) => `${name}=${clean(search.get(name) ?? '', maxValue)}`).join(' and ')
  const problem = (names: readonly string[], why: string, shown: string, can = ''): LinkProblem => ({
    names,
    asked: asked(names),
    why,
    shown,
    can,
  })
  const bad = (name: 'last' | 'from' | 'to' | 'recording' | keyof typeof mapParams) => {
    const value = text(name)
    return value !== null && urlParsers[name].parse(value) === null
  }
  const ends = ['from', 'to'].filter((name) => text(name) !== null)
  const unreadableEnds = (['from', 'to'] as const).filter(bad)
  const whyNoRange =
    ends.length === 0
      ? null
      : unreadableEnds.length > 0
        ? unreadable
        : ends.length === 1
          ? 'which is only half a range'
          : Number(urlParsers.from.parse(text('from') ?? '')) >= Number(urlParsers.to.parse(text('to') ?? ''))
            ? 'which ends before it starts'
            : null
  const recorded = text('recording') !== null && !bad('recording')
  const time =
    ends.length > 0 && whyNoRange === null
      ? 'the chosen time range'
      : recorded
        ? 'the whole recording'
        : lastWords(bad('last') ? defaultLast : (text('last') ?? defaultLast))
  return [
    ...(bad('last') ? [problem(['last'], unreadable, time)] : []),
    ...(whyNoRange === null ? [] : [problem(ends, whyNoRange, time)]),
    ...(bad('recording') ? [problem(['recording'], unreadable, 'live data')] : []),
    ...(text('cluster') === null || recorded || clusters === null || clusters.includes(text('cluster') ?? '')
      ? []
      : [problem(['cluster'], clusterWords(clusters), 'nothing of it')]),
    ...mapNames
      .filter((name) => onMap && bad(name))
      .map((name) => problem([name], unreadable, mapParams[name].shown, canBe(name))),
    ...(onMap && text('look') !== null && parseSight(text('look') ?? '') === null
      ? [problem(['look'], unreadable, 'the whole map')]
      : []),
    ...(['pins', 'places'] as const)
      .filter((name) => onMap && text(name) !== null && parsePlaces(text(name) ?? '') === null)
      .map((name) => problem([name], unreadable, 'places as you know them')),
  ]
}

/** `This link asks for lens=x, which cannot be read; showing the health lens. lens can be health or traffic.` null without problems. */
export function linkNotice(problems: readonly LinkProblem[]): string | null {
  if (problems.length === 0) return null
  const whys = [...new Set(problems.map(({ why }) => why))]
  const asked = whys.map((why) => {
    const values = problems.filter((problem) => problem.why === why).map((problem) => problem.asked)
    return `${values.join(', ')}, ${why}`
  })
  const shown = [...new Set(problems.map((problem) => problem.shown))]
  const can = problems.flatMap((problem) => (problem.can === '' ? [] : [` ${problem.can}.`]))
  return `This link asks for ${asked.join(', and for ')}; showing ${shown.join(', ')}.${can.join('')}`
}

function clusterWords(known: readonly string[]): string {
  if (known.length === 0) return 'a cluster that nobody watches'
  const named = known.slice(0, 3).join(', ')
  return `a cluster that nobody watches (there ${known.length === 1 ? 'is' : 'are'} ${named}${known.length > 3 ? ' and others' : ''})`
}

const units: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day' }

function lastWords(last: string): string {
  const [, count = '', unit = ''] = /^(\d+)(\w)$/.exec(parseLast(last) === null ? defaultLast : last) ?? []
  const word = units[unit] ?? ''
  return Number(count) === 1 ? `the last ${word}` : `the last ${Number(count)} ${word}s`
}

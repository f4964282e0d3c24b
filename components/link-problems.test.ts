import { expect, test } from 'vitest'
import { linkNotice, linkProblems } from './link-problems'

const noticeOf = (search: string, onMap = true) => linkNotice(linkProblems(new URLSearchParams(search), onMap))

test.each([
  '',
  'last=6h',
  'last=',
  'from=1000&to=2000',
  'from=2026-11-23T14:10:00Z&to=2026-11-23T14:36:00Z',
  'from=2026-11-23T14:10:00Z&to=1795444560000',
  'recording=3',
  'recording=3&from=1000&to=2000',
  'level=team&by=team&lens=policy&view=matrix&hops=all&dir=up&labels=p95',
  'sel=anything&q=error:>many',
  'look=1k3f9_-120_340_900_600&pins=x9_10_20&places=x9_10_20.1k3f9_0_0',
])('“%s” has no problem', (search) => expect(noticeOf(search)).toBeNull())

test.each([
  ['cluster=eu', ['eu'], null],
  ['cluster=nope', null, null],
  ['cluster=nope&recording=3', ['eu'], null],
  [
    'cluster=nope',
    ['eu', 'us'],
    'This link asks for cluster=nope, a cluster that nobody watches (there are eu, us); showing nothing of it.',
  ],
  ['cluster=nope', [], 'This link asks for cluster=nope, a cluster that nobody watches; showing nothing of it.'],
])('“%s” where %s are known', (search, clusters, words) =>
  expect(linkNotice(linkProblems(new URLSearchParams(search), true, clusters))).toBe(words),
)

test.each([
  ['last=banana', 'This link asks for last=banana, which cannot be read; showing the last 15 minutes.'],
  ['last=401d', 'This link asks for last=401d, which cannot be read; showing the last 15 minutes.'],
  [
    'from=200&to=100',
    'This link asks for from=200 and to=100, which ends before it starts; showing the last 15 minutes.',
  ],
  [
    'from=100&to=100',
    'This link asks for from=100 and to=100, which ends before it starts; showing the last 15 minutes.',
  ],
  ['from=100', 'This link asks for from=100, which is only half a range; showing the last 15 minutes.'],
  ['to=100&last=6h', 'This link asks for to=100, which is only half a range; showing the last 6 hours.'],
  ['from=x&to=100&last=1h', 'This link asks for from=x and to=100, which cannot be read; showing the last hour.'],
  ['from=100&recording=3', 'This link asks for from=100, which is only half a range; showing the whole recording.'],
  [
    'last=banana&from=100&to=200',
    'This link asks for last=banana, which cannot be read; showing the chosen time range.',
  ],
  ['recording=abc', 'This link asks for recording=abc, which cannot be read; showing live data.'],
  ['recording=3abc', 'This link asks for recording=3abc, which cannot be read; showing live data.'],
  ['recording=0', 'This link asks for recording=0, which cannot be read; showing live data.'],
  [
    'level=galaxy',
    'This link asks for level=galaxy, which cannot be read; showing workloads. level can be cluster, team, namespace, app, workload or service.',
  ],
  [
    'lens=verdict',
    'This link asks for lens=verdict, which cannot be read; showing the health lens. lens can be health, traffic, errors, latency, encryption or policy.',
  ],
  [
    'view=7',
    'This link asks for view=7, which cannot be read; showing the drawn map. view can be map, list or matrix.',
  ],
  ['look=x', 'This link asks for look=x, which cannot be read; showing the whole map.'],
  ['pins=a_b', 'This link asks for pins=a_b, which cannot be read; showing places as you know them.'],
  [
    'last=banana&from=100&level=galaxy',
    'This link asks for last=banana, level=galaxy, which cannot be read, and for from=100, which is only half a range; showing the last 15 minutes, workloads. level can be cluster, team, namespace, app, workload or service.',
  ],
])('%s: %s', (search, notice) => expect(noticeOf(search)).toBe(notice))

test('what belongs to the map alone is no problem elsewhere', () => {
  expect(noticeOf('level=galaxy&lens=x&view=y', false)).toBeNull()
  expect(noticeOf('level=galaxy&last=x', false)).toContain('asks for last=x, which')
})

test('values are shown cleaned and cut', () => {
  const notice = noticeOf(`last=${encodeURIComponent(`\u202eab\n${'x'.repeat(500)}`)}`) ?? ''
  expect(notice).toContain('last=ab xxx')
  expect(notice.length).toBeLessThan(150)
})

test('clearing removes exactly the parameters that are the problem', () => {
  const problems = linkProblems(new URLSearchParams('from=5&last=x&cluster=eu&level=galaxy'), true)
  expect(problems.flatMap(({ names }) => names)).toEqual(['last', 'from', 'level'])
})

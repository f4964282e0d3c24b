import { expect, it } from 'vitest'
import type { SourceRow } from '@/core/sources/source-row'
import { inTrouble, knowsFacts, overview } from './overview'
import { partialSentences } from './partial-strip'

const source = (part: Partial<SourceRow>): SourceRow => ({
  id: 'hubble-1',
  type: 'hubble',
  cluster: 'eu',
  state: 'running',
  stateSince: new Date(2026, 10, 23, 14, 22).getTime(),
  firstEventAt: 0,
  lastEventAt: null,
  toldUntil: null,
  title: 'Hubble',
  target: '',
  message: '',
  rate: null,
  lagMs: null,
  records: 0,
  malformed: 0,
  facts: {},
  gaps: [],
  lost: [],
  ...part,
})
const gap = {
  source: 'hubble-1',
  cluster: 'eu',
  from: new Date(2026, 10, 23, 14, 21).getTime(),
  to: null,
  cause: 'source_down' as const,
  lost: null,
  part: '',
}
const kind = (name: string, objects: number, state: SourceRow['state'] = 'running') => ({
  cluster: 'eu',
  kind: name,
  state,
  message: '',
  objects,
})

it('counts workloads from the kinds that can be read, and knows none without an inventory', () => {
  const inventory = [kind('Deployment', 3), kind('Pod', 9), kind('Job', 5, 'failed')]
  expect(overview({ sources: [], recordings: [], inventory }).workloads).toBe(3)
  expect(overview({ sources: [], recordings: [], inventory: [] }).workloads).toBeNull()
})

it('takes the lag of sources that deliver only', () => {
  const sources = [source({ lagMs: 900 }), source({ state: 'stopped', lagMs: 90_000 })]
  expect(overview({ sources, recordings: [], inventory: [] }).lagMs).toBe(900)
})

it('finds a source in trouble while it is gone or in a gap', () => {
  expect(inTrouble(source({}))).toBe(false)
  expect(inTrouble(source({ state: 'retrying' }))).toBe(true)
  expect(inTrouble(source({ gaps: [gap] }))).toBe(true)
})

it('names a source that is gone once, though its gap goes on too', () => {
  expect(
    partialSentences([source({ state: 'retrying', gaps: [gap] })], [gap], new Date(2026, 10, 23, 15).getTime()),
  ).toEqual(['Hubble gone since 14:21; what happened since is unknown'])
})

it('does not call a source gone while only a part of it is', () => {
  const lost = { ...gap, part: 'node-1' }
  const [sentence, ...more] = partialSentences([source({ gaps: [lost] })], [lost], new Date(2026, 10, 23, 15).getTime())
  expect(sentence).toContain('node-1')
  expect(sentence).not.toContain('Hubble gone')
  expect(more).toEqual([])
})

it('tells the gaps of many parts at once, and of what nobody counted that it is more', () => {
  const at = new Date(2026, 10, 23, 15).getTime()
  const on = (part: string, lost: number | null) => ({
    ...gap,
    to: gap.from + 1000,
    cause: 'lost_events' as const,
    part,
    lost,
  })
  const four = [on('n1', 2), on('n1', 3), on('n2', 4), on('n3', 5)]
  expect(partialSentences([source({})], four, at)[0]).toMatch(/^Hubble on 3 parts lost 14 events, /)
  expect(partialSentences([source({})], [...four, on('n3', null)], at)[0]).toMatch(/ lost at least 14 events, /)
  expect(
    partialSentences(
      [source({})],
      four.map((one) => ({ ...one, part: 'one part' })),
      at,
    )[0],
  ).toMatch(/^Hubble on some parts lost /)
})

it('tells no zeros to who sees nothing, and those of a new installation to who would see something', () => {
  expect(knowsFacts({ sources: [] }, 'nothing')).toBe(false)
  expect(knowsFacts({ sources: [] }, undefined)).toBe(false)
  expect(knowsFacts({ sources: [source({})] }, undefined)).toBe(true)
  expect(knowsFacts({ sources: [] }, 'everything')).toBe(true)
})

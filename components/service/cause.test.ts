import { describe, expect, it } from 'vitest'
import { buildService } from '@/core/services/build-service'
import type { Onset } from '@/core/health/onset'
import { edge, external, flows, http, workload, world } from '@/core/world-fixture'
import { blameWords, causeSentence, culpritOf, sinceWords } from './cause'

const [web, cart, bank] = [workload('web'), workload('cart'), external('bank')]
const options = { previous: null, incomingSteps: [], outgoingSteps: [], stepMs: 10_000 }
const service = (...edges: Parameters<typeof world>[0]) => buildService(world(edges), cart, options)

describe('the cause of errors', () => {
  it('is the callee that accounts for most of them', () => {
    const found = service(edge(web, cart, [http(100, 10, 50)]), edge(cart, bank, [http(100, 9, 40)]))
    expect(culpritOf(found)?.edge.other.name).toBe('bank')
    expect(causeSentence(found)).toBe('90 % of these errors come from')
    const [row] = found.callees
    expect(row && blameWords(row, 'errors')).toBe('90 % of the errors')
    expect(row && blameWords(row, null)).toMatch(/^\d\d % of the time$/)
  })

  it('is the service itself where its callees are well', () => {
    const found = service(edge(web, cart, [http(100, 10)]), edge(cart, bank, [http(100, 1)]))
    expect(culpritOf(found)).toBeNull()
    expect(causeSentence(found)).toBe('No callee accounts for most of these errors: they begin here.')
  })

  it('is not known where nobody saw the callees answer', () => {
    const found = service(edge(web, cart, [http(100, 10)]), edge(cart, bank, [flows(100)]))
    expect(causeSentence(found)).toMatch(/^Whether it begins here is not known/)
  })

  it.each([
    ['calls nobody', [edge(web, cart, [http(100, 10)])], 'It calls nobody, so it begins here.'],
    ['is well', [edge(web, cart, [http(100)])], ''],
  ])('of one that %s', (_, edges, expected) => expect(causeSentence(service(...edges))).toBe(expected))
})

describe('since when', () => {
  const at = new Date(2026, 1, 3, 14, 22).getTime()
  const onset: Onset = { at, atLeast: false, earliest: null, until: null, before: 0, after: 1 }
  const time = /(2026-02-03 )?14:22/.source

  it.each([
    ['it goes on', onset, `^ since ${time}$`],
    ['it was so before', { ...onset, atLeast: true }, `^ since ${time} at least$`],
    ['it is over', { ...onset, until: at + 540_000 }, `^ from ${time} to (2026-02-03 )?14:31$`],
    ['nothing is known', null, '^$'],
  ])('%s', (_, value, expected) => expect(sinceWords(value)).toMatch(new RegExp(expected)))
})

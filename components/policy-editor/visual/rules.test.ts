import { describe, expect, it } from 'vitest'
import type { Side, Visual } from '@/core/policy/edit/visual'
import { visualOf } from '@/core/policy/edit/visual-of'
import type { GroundEdge } from '@/core/policy/ground'
import { edge, fromNamespace, groundOf, now, policy, workload } from '@/core/policy/what-if/test-ground'
import { knownPorts } from './known-ports'
import { ruleMarks } from './rule-marks'
import { ruleTraffic } from './rule-traffic'
import { recordedPeriod, ruleTitle, trafficWords } from './rule-words'
import { subjectOf } from './subject-of'
import { peerPicked } from '@/core/policy/edit/match-picks'

const visual = (...rules: readonly object[]): Visual => {
  const read = visualOf(policy('db', { app: 'db' }, { ingress: rules }))
  if (!read) throw new Error('no visual')
  return read
}
const ingress = (of: Visual): Side => {
  const side = of.sides.find(({ direction }) => direction === 'ingress')
  if (!side) throw new Error('no ingress')
  return side
}
const traffic = (of: Visual, edges: readonly GroundEdge[], at = 0) => {
  const rule = ingress(of).rules[at]?.value
  const ground = groundOf([], edges)
  return rule ? ruleTraffic(ground, 'ingress', rule, subjectOf(of, ground.model), 'shop') : null
}

describe('rules against what is in the cluster', () => {
  const [web, data] = [{ ports: [{ port: 1 }] }, fromNamespace('data', 5432)]

  it('tells what was added, and what was changed', () => {
    expect(ruleMarks(ingress(visual(web, data)), ingress(visual(web)))).toEqual(['same', 'added'])
    expect(ruleMarks(ingress(visual(data)), ingress(visual(web)))).toEqual(['changed'])
    expect(ruleMarks(ingress(visual(data, web)), ingress(visual(web)))).toEqual(['added', 'same'])
    expect(ruleMarks(ingress(visual(web)), undefined)).toEqual(['added'])
  })
})

describe('traffic of a rule', () => {
  const rule = visual(fromNamespace('data', 5432))

  it('counts the edges that it is about and no others', () => {
    const found = traffic(rule, [
      edge(workload('reports'), workload('db'), 5432, { count: 3 }),
      edge(workload('reports'), workload('db'), 80, { count: 5 }),
      edge(workload('web'), workload('db'), 5432, { count: 7 }),
      edge(workload('reports'), workload('web'), 5432, { count: 11 }),
    ])
    expect(found).toMatchObject({ edges: 1, allowed: 3 })
    expect(trafficWords(found, now, { from: 0, to: now })).toMatch(/^used /)
  })

  it('says that attempts were denied, and that nothing was seen', () => {
    const denied = edge(workload('reports'), workload('db'), 5432, {
      allowed: 0,
      denied: 214,
      lastAllowed: null,
      lastDenied: now - 5_000,
    })
    expect(trafficWords(traffic(rule, [denied]), now, { from: 0, to: now })).toMatch(/^214 attempts denied, last /)
    expect(trafficWords(traffic(rule, []), now, { from: 0, to: now })).toMatch(/^not used/)
  })

  it('does not say that a rule was not used where others may have used it, or nothing was recorded', () => {
    const hidden = edge({ type: 'unknown', why: 'hidden' }, workload('db'), 5432)
    expect(traffic(rule, [hidden])).toBeNull()
    expect(traffic(rule, [{ ...hidden, port: 80 }])).toMatchObject({ edges: 0 })
    const period = { from: now - 14 * 86_400_000, to: now }
    expect(recordedPeriod({ period, recordedFrom: now - 480_000 })).toEqual({ from: now - 480_000, to: now })
    expect(recordedPeriod({ period })).toEqual(period)
    const found = traffic(rule, [])
    expect(trafficWords(found, now, recordedPeriod({ period, recordedFrom: now - 480_000 }))).toBe(
      'not used in 8\u00a0min',
    )
  })

  it('does not say that a range was not used', () => {
    expect(traffic(visual({ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }), [])).toBeNull()
    expect(trafficWords(null, now, { from: 0, to: now })).toBe('use not counted here')
  })
})

it('names a rule by whom it matches where they are few', () => {
  const { model } = groundOf([], [])
  const title = (rule: object) => {
    const read = ingress(visual(rule)).rules[0]?.value
    if (!read) return ''
    const first = read.peers.are === 'some' ? read.peers.items[0]?.value : undefined
    return ruleTitle(read, first ? peerPicked(first, 'shop', model) : 'unknown', 'shop', 'ingress')
  }
  expect(title({ from: [{ podSelector: { matchLabels: { app: 'web' } } }] })).toBe('web')
  expect(title(fromNamespace('data'))).toBe('data / reports, data / job')
  expect(title({})).toBe('Anybody')
  expect(title({ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] })).toBe('A range of addresses')
})

it('knows the ports that were named and those that were seen, seen ones first', () => {
  const ground = groundOf([], [edge(workload('web'), workload('db'), 9187)])
  const db = ground.model.workloads.filter(({ name }) => name === 'db')
  expect(knownPorts(db, ground).map(({ port, name, seen }) => [JSON.stringify(port.port), name, seen])).toEqual([
    ['{"from":9187,"to":9187}', null, true],
    ['{"from":5432,"to":5432}', 'pg', false],
  ])
})

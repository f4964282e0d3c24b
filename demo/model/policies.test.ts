import { expect, test } from 'vitest'
import { kindOf, parseObject } from '@/core/policy/kinds'
import { unknownPaths } from '@/core/policy/read'
import { start, storeOf } from '../test-world'
import { createEnforcement } from '../traffic/enforcement'
import { buildCluster } from './cluster'
import { company } from './company'
import { allObjects } from './objects'
import type { CallSpec } from './types'

const cluster = buildCluster(company, 1, start)
const policies = [...allObjects(cluster)].filter((object) => kindOf(object) !== null)
const enforcement = createEnforcement(storeOf(cluster))

const side = (name: string) => {
  const outside = company.outside.find((one) => one.name === (name === 'Internet' ? '' : name))
  return { workload: cluster.workloads.get(name), ip: outside?.addresses[0] ?? '', name: outside?.name ?? '' }
}
const judge = ({ from, to, port, protocol, operations }: CallSpec) => {
  const [method = 'GET', path = '/'] = operations[0]?.split(' ') ?? []
  const question = { from: side(from), to: side(to), port, transport: protocol === 'dns' ? 'udp' : 'tcp' } as const
  return enforcement.judge(question, protocol === 'http' ? { method, path, host: '', headers: {} } : null)
}

test('the company’s policies are good ones, of many kinds, each with who wrote it', () => {
  for (const object of policies) {
    const kind = kindOf(object)
    const parsed = kind && parseObject(kind, object)
    expect([object.metadata.name, parsed && 'problems' in parsed ? parsed.problems : [], unknownPaths(object)]).toEqual(
      [object.metadata.name, [], []],
    )
    expect(object.metadata.managedFields).toHaveLength(1)
  }
  expect(new Set(policies.map(({ kind }) => kind)).size).toBeGreaterThan(9)
  expect(new Set(policies.map(({ metadata }) => metadata.uid)).size).toBe(policies.length)
})

test('they let pass what the company calls, but for one report', () => {
  const refused = company.calls
    .map((call) => ({ edge: `${call.from} -> ${call.to}`, ruling: judge(call) }))
    .filter(({ ruling }) => ruling.verdict !== 'allowed')
  expect(refused.map(({ edge, ruling }) => [edge, ruling.verdict, ruling.decidedBy])).toMatchObject([
    ['data/reports -> accounts/accounts-postgres', 'denied', { direction: 'ingress', reason: { code: 'end-of-tier' } }],
  ])
})

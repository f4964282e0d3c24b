import { expect, test } from 'vitest'
import type { Isolation, NamespaceCover, WorkloadCover } from '@/core/policy/pages/policies-page'
import { coverageLines } from './coverage'

const of = (state: Isolation['state']): Isolation => ({ state, by: [] })
const workload = (namespace: string, name: string, ingress: Isolation, egress = of('open')): WorkloadCover => ({
  namespace,
  name,
  kind: 'Deployment',
  ingress,
  egress,
  mesh: null,
})
const space = (namespace: string, workloads: number, ingress: number): NamespaceCover => ({
  namespace,
  workloads,
  ingress,
  egress: 0,
  both: 0,
  inMesh: 0,
  mesh: 0,
  policies: 1,
})
const page = {
  namespaces: [space('bank', 2, 2), space('shop', 3, 1)],
  workloads: [
    workload('bank', 'ledger', of('isolated'), of('isolated')),
    workload('bank', 'cards', of('isolated')),
    workload('shop', 'cart', of('isolated')),
    workload('shop', 'web', of('open')),
    workload('shop', 'agent', of('maybe')),
  ],
}
const names = (find: string, ns: string | null = null) =>
  coverageLines(page, { find, ns }).map(({ row }) => ('name' in row ? row.name : `[${row.namespace}]`))

test('the uncovered come first', () => {
  expect(names('')).toEqual(['[shop]', 'web', 'agent', 'cart', '[bank]', 'cards', 'ledger'])
})

test('a namespace is shown for those of its workloads that are found', () => {
  expect(names('car')).toEqual(['[shop]', 'cart', '[bank]', 'cards'])
  expect(names('', 'bank')).toEqual(['[bank]', 'cards', 'ledger'])
  expect(names('nothing')).toEqual([])
})

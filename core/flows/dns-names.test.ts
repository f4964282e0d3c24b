import { expect, it, test } from 'vitest'
import { buildDnsNames, searchTest } from './dns-names'
import { addAnswers, addCode, newAnswers } from '../figures/sum-answers'

test.each([
  ['catalog.shop.svc.cluster.local.svc.cluster.local', true],
  ['catalog.shop.svc.cluster.local.orders.svc.cluster.local', true],
  ['catalog.shop.svc.cluster.local.cluster.local', true],
  ['api.example.orders.svc.cluster.local', true],
  ['api.example.eu-west-1.compute.internal', true],
  ['catalog.shop.orders.svc.cluster.local', true],
  ['catalgo.shop.svc.cluster.local', false],
  ['gone.example', false],
])('%s: a search domain behind another name is %s', (name, search) => {
  expect(searchTest(['api.example', 'catalog.shop.svc.cluster.local'])(name)).toBe(search)
})

const asked = (name: string, code: string, n: number) => {
  const sum = { ...newAnswers(), name }
  addAnswers(sum, { requests: n, responses: n, clientErrors: 0, serverErrors: 0, latency: null }, 10)
  addCode(sum, 'dns', code, n)
  return sum
}

it('names are of all types of questions, most asked first; what was not found for good is no search', () => {
  const names = buildDnsNames([
    asked('AAAA api.example', 'NOERROR', 2),
    asked('A api.example.svc.cluster.local', 'NXDOMAIN', 9),
    asked('A api.example', 'NOERROR', 8),
    asked('A gone.example', 'NXDOMAIN', 1),
  ])
  expect(names.map(({ name, types, search, requests }) => [name, types, search, requests])).toEqual([
    ['api.example', ['A', 'AAAA'], false, 10],
    ['api.example.svc.cluster.local', ['A'], true, 9],
    ['gone.example', ['A'], false, 1],
  ])
  expect(names[0]?.requestRate).toBe(1)
})

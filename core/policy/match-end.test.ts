import { describe, expect, test } from 'vitest'
import { compilePolicies } from './compile'
import type { End } from './decision'
import { anyLabels, labelsMatch } from './label-match'
import type { EndMatch } from './end-match'
import { endOf } from './evaluate'
import { endMatches } from './match-end'
import type { Model } from './model'
import { defaultOptions } from './profile'
import { anyText } from './request-match'
import { sightOf } from './select-blocks'
import { modelOf, pod } from './test-model'
import { maybe, no, yes } from './tri'

const subject = pod('shop/web', { mesh: 'istio', nodes: ['n1'] })
const told = (match: EndMatch, end: End, mtls?: boolean, parts: Partial<Model> = {}) =>
  endMatches(match, end, {
    ...sightOf(compilePolicies(modelOf([subject], [], parts), defaultOptions), subject, mtls),
    doubt: () => undefined,
  })

describe('the API server', () => {
  const place: EndMatch = { is: 'place', places: ['kube-apiserver'] }
  const services = [
    {
      namespace: 'default',
      name: 'kubernetes',
      labels: {},
      selector: null,
      clusterIps: ['10.96.0.1'],
      ports: [],
      addresses: ['192.0.2.1'],
    },
  ]
  const outside = (address: string): End => ({ type: 'external', address })
  test('is at its addresses', () => {
    expect(told(place, outside('192.0.2.1'), undefined, { services })).toBe(yes)
    expect(told(place, outside('192.0.2.2'), undefined, { services })).toBe(no)
    expect(told(place, outside(''), undefined, { services })).toBe(maybe)
  })
  test('may be anybody but a pod where they are not known', () => {
    expect(told(place, outside('192.0.2.1'))).toBe(maybe)
    expect(told(place, { type: 'node', name: 'n1', addresses: [] })).toBe(maybe)
    expect(told(place, endOf(pod('shop/a')))).toBe(no)
  })
})

describe('an identity', () => {
  const anyName: EndMatch = { is: 'identity', mesh: 'istio', names: anyText }
  const other = (mesh: 'istio' | 'linkerd' | 'unknown' | null) => endOf(pod('shop/other', { mesh }))
  test('is proven where both ends have proxies, or mTLS was seen', () => {
    expect([told(anyName, other('istio')), told(anyName, other(null), true)]).toEqual([yes, yes])
  })
  test('is not proven without mTLS, or by a proxy of another mesh or none', () => {
    expect(told(anyName, other('istio'), false)).toBe(no)
    expect([told(anyName, other('linkerd')), told(anyName, other(null))]).toEqual([no, no])
  })
  test('may be proven where a proxy is not known, or by who is outside', () => {
    expect(told(anyName, other('unknown'))).toBe(maybe)
    expect(told(anyName, { type: 'external', address: '192.0.2.1' }, true)).toBe(maybe)
  })
})

test('what every object has is no label', () => {
  expect(labelsMatch({ op: 'has', key: 'constructor' }, {})).toBe(false)
  expect(labelsMatch({ op: 'lacks', key: 'toString' }, {})).toBe(true)
  expect(labelsMatch(anyLabels, {})).toBe(true)
})

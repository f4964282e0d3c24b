import { describe, expect, test } from 'vitest'
import type { ModelObject } from '../model'
import { base, forApi, server } from './test-linkerd'
import { meshPods, sentences, verdictOf } from './test-mesh'

const { web, api, bare } = meshPods('linkerd')
const [A, D, U] = ['allowed', 'denied', 'undefined'] as const

describe('defaults by annotation', () => {
  const word = (value: string) => ({ 'config.linkerd.io/default-inbound-policy': value })
  const asked = (space: string, own: string, objects: readonly ModelObject[] = [], from = web) =>
    verdictOf({
      objects,
      from,
      to: { ...api, annotations: own === '' ? {} : word(own) },
      model: { namespaces: [{ name: 'shop', labels: {}, annotations: word(space) }] },
    })

  test('the pod speaks before its namespace, a Server before both', () => {
    expect([asked('deny', ''), asked('all-unauthenticated', 'deny'), asked('deny', 'all-unauthenticated')]).toEqual([
      D,
      D,
      A,
    ])
    expect([asked('all-authenticated', ''), asked('all-authenticated', '', [], bare)]).toEqual([A, D])
    expect(asked('deny', 'deny', [server('shop/api', { ...forApi, accessPolicy: 'all-unauthenticated' })])).toBe(A)
    expect(asked('all-unauthenticated', '', [base])).toBe(D)
    expect(asked('deni', '')).toBe(A)
  })

  test('ports that need an identity, unless a Server has them', () => {
    const needs = { ...api, annotations: { 'config.linkerd.io/proxy-require-identity-inbound-ports': '8080' } }
    const of = (from: typeof web, port: number, ...objects: readonly ModelObject[]) =>
      verdictOf({ objects, from, to: needs, flow: { port } })
    expect([of(web, 8080), of(bare, 8080), of(bare, 81)]).toEqual([A, D, A])
    expect(of(bare, 8080, server('shop/api', { ...forApi, accessPolicy: 'all-unauthenticated' }))).toBe(A)
  })

  test('ports that pass the proxy by', () => {
    const skips = { ...api, annotations: { 'config.linkerd.io/skip-inbound-ports': '25,8000-8100' } }
    expect(verdictOf({ objects: [base], from: bare, to: skips })).toBe(A)
    expect(
      verdictOf({ objects: [server('shop/api', { ...forApi, port: 81 })], from: bare, to: skips, flow: { port: 81 } }),
    ).toBe(D)
  })

  test('pods of the same labels that differ in the annotation are open', () => {
    const denied = { ...api, name: 'api-2', annotations: word('deny') }
    expect(verdictOf({ objects: [], from: denied, to: api })).toBe(U)
    expect(verdictOf({ objects: [], from: { ...denied, labels: { app: 'api', v: '2' } }, to: api })).toBe(A)
  })

  test('a sentence names who says so', () => {
    const namespaces = [{ name: 'shop', labels: {}, annotations: word('deny') }]
    expect(sentences({ objects: [], from: web, to: api, model: { namespaces } })).toContain(
      'Namespace shop denies ingress to shop/api',
    )
    expect(sentences({ objects: [base], from: web, to: api })).toContain(
      'Server shop/api denies ingress to shop/api from anybody on TCP 8080 (spec.accessPolicy)',
    )
  })
})

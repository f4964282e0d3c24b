import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCluster } from '../model/cluster'
import { company } from '../model/company'
import { storeOf } from '../test-world'
import { people } from './people'
import { type ApiServer, startApiServer } from './server'

const store = storeOf(buildCluster(company, 1, Date.UTC(2026, 0, 5)))
let server: ApiServer
let now = Date.UTC(2026, 0, 6, 12)

beforeAll(async () => {
  server = await startApiServer({ store, token: 'secret', port: 0, now: () => now })
})
afterAll(() => server.close())

type Body = {
  readonly message: string
  readonly reason: string
  readonly code: number
  readonly details: { readonly causes: readonly unknown[]; readonly kind: string }
  readonly metadata: {
    readonly uid: string
    readonly resourceVersion: string
    readonly generation: number
    readonly labels?: object
    readonly managedFields: readonly { readonly manager: string; readonly fieldsV1: object }[]
  }
  readonly spec: { readonly ingress: readonly object[] }
  readonly status: { readonly allowed: boolean }
}
type Who = { readonly user: string; readonly groups?: readonly string[] } | null

async function ask(
  method: string,
  path: string,
  body?: object | string,
  who: Who = people.platformAdmin,
  type?: string,
) {
  const headers = new Headers({ authorization: 'Bearer secret', 'content-type': type ?? 'application/json' })
  if (who) headers.set('impersonate-user', who.user)
  for (const group of who?.groups ?? []) headers.append('impersonate-group', group)
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${server.url}${path}`, { method, headers, body: sent })
  return { status: response.status, body: (await response.json()) as Body }
}
const apply = (path: string, body: object | string, query = 'fieldManager=oriel', who?: Who) =>
  ask('PATCH', `${path}?${query}`, body, who, 'application/apply-patch+yaml')

const netpols = (namespace: string) => `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`
const policy = (name: string, ingress: readonly object[], more: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, ...more },
  spec: { podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Ingress'], ingress },
})
const from = (app: string) => ({ from: [{ podSelector: { matchLabels: { app } } }] })

describe('server-side apply', () => {
  const path = `${netpols('data')}/applied`

  test('creates, changes nothing where nothing changes, and counts generations', async () => {
    const made = await apply(path, policy('applied', [from('b')]))
    expect(made).toMatchObject({ status: 201, body: { metadata: { generation: 1, namespace: 'data' } } })
    const [entry] = made.body.metadata.managedFields
    expect(entry).toEqual({
      manager: 'oriel',
      operation: 'Apply',
      apiVersion: 'networking.k8s.io/v1',
      time: '2026-01-06T12:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:spec': { 'f:podSelector': {}, 'f:policyTypes': {}, 'f:ingress': {} } },
    })
    now += 60_000
    const again = await apply(path, policy('applied', [from('b')]))
    expect(again).toMatchObject({ status: 200, body: made.body })
    const next = await apply(path, policy('applied', [from('c')]))
    expect(next.body.metadata.generation).toBe(2)
    expect(next.body.metadata.resourceVersion).not.toBe(made.body.metadata.resourceVersion)
  })

  test('refuses what another manager owns, naming manager, time and field, and takes it by force', async () => {
    now = Date.UTC(2026, 0, 6, 13)
    await ask('POST', netpols('data'), policy('owned', [from('b')], { labels: { tier: 'x' } }))
    const refused = await apply(`${netpols('data')}/owned`, policy('owned', [from('c')]))
    expect(refused).toMatchObject({
      status: 409,
      body: {
        reason: 'Conflict',
        message: 'Apply failed with 1 conflict: conflict with "node" using networking.k8s.io/v1: .spec.ingress',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "node" using networking.k8s.io/v1',
              field: '.spec.ingress',
            },
          ],
        },
      },
    })
    const forced = await apply(
      `${netpols('data')}/owned`,
      policy('owned', [from('c')]),
      'fieldManager=oriel&force=true',
    )
    expect(forced.status).toBe(200)
    expect(JSON.stringify(forced.body.metadata.managedFields[0]?.fieldsV1)).not.toContain('f:ingress')
    expect(forced.body.metadata.labels).toEqual({ tier: 'x' })
  })

  test('takes away what its manager applied before and leaves out now', async () => {
    await apply(`${netpols('data')}/labelled`, policy('labelled', [], { labels: { a: '1', b: '2' } }))
    const next = await apply(`${netpols('data')}/labelled`, policy('labelled', [], { labels: { b: '2' } }))
    expect(next.body.metadata.labels).toEqual({ b: '2' })
  })

  test('wants a field manager, and takes YAML', async () => {
    expect(await apply(path, policy('applied', []), '')).toMatchObject({ status: 422 })
    const text =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: yaml}\nspec: {podSelector: {}}\n'
    expect(await apply(`${netpols('data')}/yaml`, text)).toMatchObject({ status: 201 })
  })
})

describe('writes', () => {
  test('of an older version are refused', async () => {
    const made = await ask('POST', netpols('data'), policy('raced', [from('b')]))
    const { resourceVersion } = made.body.metadata
    const change = (app: string) =>
      ask('PUT', `${netpols('data')}/raced`, policy('raced', [from(app)], { resourceVersion }))
    expect(await change('c')).toMatchObject({ status: 200 })
    expect(await change('d')).toMatchObject({
      status: 409,
      body: {
        message:
          'Operation cannot be fulfilled on networkpolicies.networking.k8s.io "raced": the object has been modified; please apply your changes to the latest version and try again',
      },
    })
    expect(await ask('DELETE', `${netpols('data')}/raced`, { preconditions: { resourceVersion } })).toMatchObject({
      status: 409,
    })
    expect(await ask('DELETE', `${netpols('data')}/raced`)).toMatchObject({ status: 200, body: { status: 'Success' } })
    expect(await ask('GET', `${netpols('data')}/raced`)).toMatchObject({ status: 404 })
  })

  test('that are tried out change nothing', async () => {
    expect(await apply(`${netpols('data')}/dry`, policy('dry', []), 'fieldManager=oriel&dryRun=All')).toMatchObject({
      status: 201,
    })
    expect(await ask('GET', `${netpols('data')}/dry`)).toMatchObject({ status: 404 })
    expect(await ask('DELETE', `${netpols('accounts')}/default-deny`, { dryRun: ['All'] })).toMatchObject({
      status: 200,
    })
    expect(await ask('GET', `${netpols('accounts')}/default-deny`)).toMatchObject({ status: 200 })
  })

  test('merge', async () => {
    await ask('POST', netpols('data'), policy('merged', [from('b')]))
    const patched = await ask(
      'PATCH',
      `${netpols('data')}/merged`,
      { metadata: { labels: { a: '1' } } },
      undefined,
      'application/merge-patch+json',
    )
    expect(patched.body).toMatchObject({
      metadata: { labels: { a: '1' }, generation: 1 },
      spec: { ingress: [from('b')] },
    })
  })

  test('are checked, field by field', async () => {
    const bad = { ...policy('bad', []), spec: { podSelector: {}, ingress: [{ ports: [{ port: 70_000 }] }] } }
    const { status, body } = await ask('POST', netpols('data'), bad)
    expect(status).toBe(422)
    expect(body.message).toMatch(
      /^NetworkPolicy\.networking\.k8s\.io "bad" is invalid: spec\.ingress\[0\]\.ports\[0\]\.port: /,
    )
    expect(body.details).toMatchObject({ kind: 'NetworkPolicy', causes: [{ field: 'spec.ingress[0].ports[0].port' }] })
    const twice = await ask('POST', netpols('accounts'), policy('default-deny', []))
    expect(twice).toMatchObject({ status: 409, body: { reason: 'AlreadyExists' } })
    expect(await ask('POST', netpols('nowhere'), policy('lost', []))).toMatchObject({ status: 404 })
  })
})

describe('who may', () => {
  test.each([
    [people.platformAdmin, 'accounts', 201],
    [people.alice, 'accounts', 201],
    [{ user: 'alice' }, 'accounts', 201],
    [people.alice, 'checkout', 403],
    [people.bob, 'accounts', 403],
    [{ user: 'bob' }, 'accounts', 403],
    [null, 'accounts', 403],
    [{ user: 'mallory@shop.example' }, 'accounts', 403],
    [{ user: people.bob.user, groups: ['system:masters'] }, 'accounts', 403],
  ])('%j writes in %s: %i', async (who, namespace, status) => {
    const made = await apply(`${netpols(namespace)}/mine`, policy('mine', []), 'fieldManager=x&dryRun=All', who)
    expect(made.status).toBe(status)
  })

  test('is told by name, and can be asked before', async () => {
    const refused = await apply(
      `${netpols('accounts')}/default-deny`,
      policy('default-deny', []),
      'fieldManager=x',
      people.bob,
    )
    expect(refused.body).toMatchObject({
      reason: 'Forbidden',
      message:
        'networkpolicies.networking.k8s.io "default-deny" is forbidden: User "bob@shop.example" cannot patch resource "networkpolicies" in API group "networking.k8s.io" in the namespace "accounts"',
    })
    const review = (who: Who, namespace: string) =>
      ask(
        'POST',
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        {
          spec: {
            resourceAttributes: { verb: 'patch', group: 'networking.k8s.io', resource: 'networkpolicies', namespace },
          },
        },
        who,
      )
    expect((await review(people.alice, 'accounts')).body.status.allowed).toBe(true)
    expect((await review(people.alice, 'data')).body.status.allowed).toBe(false)
    expect((await ask('GET', '/api/v1/secrets', undefined, people.platformAdmin)).status).toBe(403)
  })
})

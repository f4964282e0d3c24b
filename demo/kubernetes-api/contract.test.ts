import http from 'node:http'
import https from 'node:https'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadKubernetes } from '@/server/kubernetes/client'
import { accessQuestions } from '@/core/access/cluster-rights'
import { type KubeApi, noKubeApi, startKubeApi } from '@/server/kubernetes/testing-api'
import { grant } from '@/server/kubernetes/testing-rbac'
import { buildCluster } from '../model/cluster'
import { company } from '../model/company'
import { start, storeOf } from '../test-world'
import { people } from './people'
import { type ApiServer, startApiServer } from './server'

type Fields = Readonly<Record<string, unknown>>
type Entry = {
  readonly manager: string
  readonly operation: string
  readonly apiVersion: string
  readonly fieldsV1: Fields
}
type Answer = {
  readonly status: number
  readonly body: Fields & {
    readonly metadata?: { readonly resourceVersion?: string; readonly managedFields?: readonly Entry[] }
  }
}
type Ask = (method: string, path: string, body?: object, type?: string) => Promise<Answer>

const asker =
  (server: string, headers: Record<string, string>): Ask =>
  (method, path, body, type = 'application/json') =>
    new Promise((resolve, reject) => {
      const sent = body === undefined ? '' : JSON.stringify(body)
      // Node tells no length for a DELETE of itself.
      const length = { 'content-length': String(Buffer.byteLength(sent)) }
      const options = { method, headers: { ...headers, 'content-type': type, ...length }, rejectUnauthorized: false }
      const request = (server.startsWith('https') ? https : http).request(server + path, options, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) }),
        )
      })
      request.on('error', reject)
      request.end(sent)
    })

/** What clients go by; times and numbers are each server's own. */
function told({ status, body }: Answer): unknown {
  const { reason, message, details, metadata } = body
  const causes = (details as { causes?: readonly { reason: string; field: string }[] } | undefined)?.causes
  return {
    status,
    reason,
    causes: causes?.map((one) => [one.reason, one.field]),
    // What is wrong with an object each says in words of its own; 1.20 still calls a kind by its first group.
    message:
      status === 422 || status === 400
        ? ''
        : String(message)
            .replace('NetworkPolicy.extensions', 'NetworkPolicy.networking.k8s.io')
            .replaceAll(/\([0-9a-f-]+\)/g, '(…)'),
    managed: metadata?.managedFields
      ?.map(({ manager, operation, apiVersion, fieldsV1 }) =>
        [manager, operation, apiVersion, sorted(fieldsV1)].join(' '),
      )
      .toSorted(),
  }
}

/** Fields in the order of their names. Version 1.20 owns a selector label by label, newer ones as a whole. */
const sorted = (fields: Fields): string =>
  JSON.stringify(fields, (key, value: Fields) =>
    key === 'f:podSelector' ? {} : Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  )

const policies = '/apis/networking.k8s.io/v1/namespaces/data/networkpolicies'
const policy = (name: string, app: string, metadata: object = {}, spec: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, ...metadata },
  spec: {
    podSelector: { matchLabels: { app: 'a' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app } } }] }],
    ...spec,
  },
})
const applyType = 'application/apply-patch+yaml'

/** Requests one after the other, each with what it needs from the answers before. */
async function* steps(ask: Ask): AsyncGenerator<readonly [string, Answer]> {
  const made = await ask('POST', `${policies}?fieldManager=kubectl-create`, policy('p', 'b', { labels: { a: '1' } }))
  yield ['create', made]
  const version = made.body.metadata?.resourceVersion
  const apply = (query: string, body: object, name = 'p') =>
    ask('PATCH', `${policies}/${name}?${query}`, body, applyType)
  yield ['create again', await ask('POST', policies, policy('p', 'b'))]
  yield ['apply what another owns', await apply('fieldManager=oriel', policy('p', 'c'))]
  yield ['apply what two own', await apply('fieldManager=oriel', policy('p', 'c', { labels: { a: '2' } }))]
  yield ['apply by force', await apply('fieldManager=oriel&force=true', policy('p', 'c'))]
  const again = await apply('fieldManager=oriel', policy('p', 'c'))
  yield ['apply the same again', again]
  yield ['apply of an old version', await apply('fieldManager=oriel', policy('p', 'd', { resourceVersion: version }))]
  yield ['apply without a manager', await apply('', policy('p', 'd'))]
  yield ['apply as another', await apply('fieldManager=other', policy('p', 'd'))]
  yield ['try out', await apply('fieldManager=oriel&dryRun=All', policy('dry', 'b'), 'dry')]
  yield ['read what was tried out', await ask('GET', `${policies}/dry`)]
  yield ['replace an old version', await ask('PUT', `${policies}/p`, policy('p', 'd', { resourceVersion: version }))]
  const current = again.body.metadata?.resourceVersion
  yield [
    'replace',
    await ask(
      'PUT',
      `${policies}/p?fieldManager=put`,
      policy('p', 'e', { resourceVersion: current, labels: { a: '1' } }),
    ),
  ]
  yield [
    'merge',
    await ask(
      'PATCH',
      `${policies}/p?fieldManager=m`,
      { metadata: { labels: { b: '2' } } },
      'application/merge-patch+json',
    ),
  ]
  yield ['another name than the path’s', await ask('PUT', `${policies}/p`, policy('q', 'd'))]
  yield ['replace what is not there', await ask('PUT', `${policies}/none`, policy('none', 'd'))]
  yield ['a namespace that is not there', await ask('POST', policies.replace('/data/', '/nowhere/'), policy('p', 'b'))]
  const port = { ingress: [{ ports: [{ protocol: 'TCP', port: 70_000 }] }] }
  yield ['a port that is none', await ask('POST', policies, policy('bad', 'b', {}, port))]
  yield ['a name that is none', await ask('POST', policies, policy('Bad_Name', 'b'))]
  yield ['delete an old version', await ask('DELETE', `${policies}/p`, { preconditions: { resourceVersion: version } })]
  yield ['delete another', await ask('DELETE', `${policies}/p`, { preconditions: { uid: '0-0' } })]
  yield ['try to delete', await ask('DELETE', `${policies}/p`, { dryRun: ['All'] })]
  yield ['delete', await ask('DELETE', `${policies}/p`)]
  yield ['delete again', await ask('DELETE', `${policies}/p`)]
}

describe.skipIf(noKubeApi)('the demo’s API server answers as a real one', () => {
  let real: KubeApi
  let demo: ApiServer
  const answers = new Map<string, { real: Answer; demo?: Answer }>()

  beforeAll(async () => {
    real = await startKubeApi()
    demo = await startApiServer({ store: storeOf(buildCluster(company, 1, start)), token: 'secret', port: 0 })
    await real.send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'data' } })
    const { server } = loadKubernetes({ kubeconfig: real.kubeconfig, context: 'admin' })
    for await (const [name, answer] of steps(asker(server, { authorization: 'Bearer admin-token' })))
      answers.set(name, { real: answer })
    const headers = { authorization: 'Bearer secret', 'impersonate-user': people.platformAdmin.user }
    for await (const [name, answer] of steps(asker(demo.url, headers))) {
      const known = answers.get(name)
      if (known) known.demo = answer
    }
  }, 120_000)
  afterAll(async () => {
    await demo?.close()
    await real?.stop()
  })

  test('request by request', () => {
    expect(answers.size).toBeGreaterThan(20)
    for (const [name, { real: expected, demo: found }] of answers)
      expect.soft({ [name]: found && told(found) }).toEqual({ [name]: told(expected) })
  })

  test('about what people may do in Oriel, by grants that say the same', async () => {
    const of = (resource: string, ...verbs: string[]) => ({ apiGroups: ['oriel.dev'], resources: [resource], verbs })
    const group = (name: string) => [{ kind: 'Group' as const, name }]
    await real.send('POST', '/api/v1/namespaces', { metadata: { name: 'accounts' } })
    await grant(real, '', 'admins', [of('*', '*')], group('shop:platform-admins'))
    await grant(real, '', 'readers', [of('flows', 'get')], group('shop:readers'))
    await grant(real, 'accounts', 'team', [of('flows', 'get'), of('policies', 'update')], group('shop:team-accounts'))
    const { server } = loadKubernetes({ kubeconfig: real.kubeconfig, context: 'admin' })
    const servers = {
      real: asker(server, { authorization: 'Bearer admin-token' }),
      demo: asker(demo.url, { authorization: 'Bearer secret' }),
    }
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews'
    const whole = async (ask: Ask) => {
      const answers: Record<string, unknown> = {}
      for (const [user, ...groups] of [
        ['alice', 'shop:team-accounts'],
        ['bob', 'shop:readers'],
        ['root', 'shop:platform-admins'],
        ['eve'],
      ])
        for (const { verb, resource } of Object.values(accessQuestions))
          for (const namespace of ['', 'accounts', 'data']) {
            const resourceAttributes = { group: 'oriel.dev', verb, resource, namespace }
            const { status, body } = await ask('POST', path, {
              apiVersion: 'authorization.k8s.io/v1',
              kind: 'SubjectAccessReview',
              spec: { user, groups, resourceAttributes },
            })
            const { allowed } = Object(body.status) as { allowed?: boolean }
            answers[`${user} ${verb} ${resource} in ${namespace || '*'}`] = [status, body.kind, allowed]
          }
      const nobody = await ask('POST', path, { spec: { resourceAttributes: { verb: 'get', resource: 'flows' } } })
      return { ...answers, nobody: nobody.status >= 400 }
    }
    await expect.poll(() => whole(servers.real), { timeout: 10_000 }).toEqual(await whole(servers.demo))
    const demoAnswers = await whole(servers.demo)
    expect(Object.values(demoAnswers).filter((answer) => Array.isArray(answer) && answer[2])).toHaveLength(9 + 3 + 2)
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InventoryKind, isPolicy } from '@/core/inventory/inventory-object'
import { madeByOf, managersOf, manifestOf } from '@/core/policy/inventory-policy'
import { kindOf, parseObject } from '@/core/policy/kinds'
import { testDatabase } from '@/server/db/testing'
import { loadKubernetes } from '@/server/kubernetes/client'
import { watchedKinds } from '@/server/kubernetes/kinds'
import { type KubeApi, noKubeApi, startKubeApi } from '@/server/kubernetes/testing-api'
import { watchTiming } from '@/server/kubernetes/watch-event'
import { log } from '@/server/log'
import { type InventoryRun, runInventory } from './inventory'

if (noKubeApi) console.log(`skipped: policies of a real API server (${noKubeApi})`)

const db = testDatabase()
const quiet = log.child({}, { level: 'silent' })
const timing = { ...watchTiming, backoff: { firstMs: 50, maxMs: 200 }, deniedMs: 300, absentMs: 1_000 }
const policies = '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies'
const authorizations = '/apis/security.istio.io/v1/namespaces/shop/authorizationpolicies'
const spec = (app: string) => ({ podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'] })

/** A definition that takes any object and has a status of its own. */
const definition = (group: string, plural: string, kind: string, scope: string, version: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope,
    names: { plural, singular: kind.toLowerCase(), kind },
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
})

describe.skipIf(noKubeApi !== '')('policies of a real cluster', () => {
  let api: KubeApi
  const running: { run: InventoryRun; stop: AbortController }[] = []
  const start = (context: string, cluster: string): InventoryRun => {
    const stop = new AbortController()
    const connection = loadKubernetes({ kubeconfig: api.kubeconfig, context, cluster })
    const run = runInventory({ connection, pool: db.pool, signal: stop.signal, log: quiet, timing })
    running.push({ run, stop })
    return run
  }
  const stopAll = async () => {
    for (const { run, stop } of running.splice(0)) {
      stop.abort()
      await run.done
    }
  }
  const until = async (holds: () => boolean | Promise<boolean>) => {
    while (!(await holds())) await sleep(30)
  }
  const define = (...of: Parameters<typeof definition>) =>
    api.send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition(...of))
  /** A definition is served a moment after it is made. */
  const make = async (path: string, object: object) => {
    for (;;) {
      const made = await api.send('POST', path, object).catch((error: Error) => error)
      if (!(made instanceof Error)) return made
      await sleep(100)
    }
  }
  const statesOf = async (cluster: string) => {
    const { rows } = await db.pool.query<{ id: string; state: string; message: string }>(
      `select id, state, message from source where cluster = $1 and type = 'kubernetes'`,
      [cluster],
    )
    return new Map(rows.map(({ id, ...row }) => [id.split(':')[2] ?? '', row]))
  }
  const stateOf = async (cluster: string, kind: string) => (await statesOf(cluster)).get(kind)
  const only = (run: InventoryRun, kind: InventoryKind) => {
    const [object] = run.index.objects(kind)
    if (!object || !isPolicy(object)) throw new Error(`no ${kind}`)
    return object
  }
  const history = async (cluster: string, name: string) => {
    const { rows } = await db.pool.query<{ by: string | null; version: string; open: boolean }>(
      `select object -> 'madeBy' ->> 'manager' as by, object -> 'touched' ->> 'resourceVersion' as version, valid_to is null as open
       from inventory_object where cluster = $1 and name = $2 and kind <> 'ServiceAccount' order by valid_from`,
      [cluster, name],
    )
    return rows
  }

  beforeAll(async () => {
    api = await startKubeApi()
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })
  })
  afterAll(async () => {
    await stopAll()
    await api?.stop()
  })

  it('are kept whole, each version with who made it, and none for a heartbeat or a restart', async () => {
    const annotations = { team: 'shop', 'kubectl.kubernetes.io/last-applied-configuration': '{"secret":"hunter2"}' }
    const metadata = { name: 'web', labels: { app: 'web' }, annotations }
    await api.send('POST', `${policies}?fieldManager=kubectl-create`, { metadata, spec: spec('web') })
    const run = start('admin', 'whole')
    await run.ready
    await until(() => run.index.count('NetworkPolicy') === 1)
    const first = only(run, 'NetworkPolicy')
    const manifest = manifestOf(first)
    expect(manifest).toMatchObject({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: 'web',
        namespace: 'shop',
        labels: { app: 'web' },
        annotations: { team: 'shop' },
        generation: 1,
      },
      spec: spec('web'),
    })
    expect(JSON.stringify(first)).not.toContain('hunter2')
    const kind = kindOf(manifest)
    expect(kind && 'meaning' in parseObject(kind, manifest)).toBe(true)
    expect(managersOf(first)).toMatchObject([{ manager: 'kubectl-create', operation: 'Update' }])

    const changed = { metadata: { name: 'web' }, spec: spec('web-2') }
    await api.send('PUT', `${policies}/web?fieldManager=oriel`, changed)
    await until(async () => (await history('whole', 'web')).length === 2)
    expect((await history('whole', 'web')).map(({ by, open }) => [by, open])).toEqual([
      ['kubectl-create', false],
      ['oriel', true],
    ])
    expect(madeByOf(only(run, 'NetworkPolicy'))?.time).toBeGreaterThan(Date.now() - 60_000)

    await stopAll()
    const again = start('admin', 'whole')
    await again.ready
    await stopAll()
    expect(await history('whole', 'web')).toHaveLength(2)
  })

  it('are read as soon as their kind is defined, and their status is no news but its version is', async () => {
    const run = start('admin', 'defined')
    await run.ready
    await until(async () => (await stateOf('defined', 'AuthorizationPolicy.security.istio.io'))?.state === 'idle')
    await define('security.istio.io', 'authorizationpolicies', 'AuthorizationPolicy', 'Namespaced', 'v1')
    const one = { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'deny' } }
    await make(`${authorizations}?fieldManager=kubectl`, { ...one, spec: {} })
    await until(() => run.index.count('AuthorizationPolicy.security.istio.io') === 1)
    const made = await api.send('GET', `${authorizations}/deny`)
    const told = await api.send('PUT', `${authorizations}/deny/status?fieldManager=istiod`, {
      ...made,
      status: { observedGeneration: 1 },
    })
    const { resourceVersion } = told.metadata as { resourceVersion?: string }
    await until(async () => (await history('defined', 'deny'))[0]?.version === resourceVersion)
    expect((await history('defined', 'deny')).map(({ by }) => by)).toEqual(['kubectl'])
    expect(managersOf(only(run, 'AuthorizationPolicy.security.istio.io')).map(({ manager }) => manager)).toEqual([
      'kubectl',
    ])
    await stopAll()
  })

  it('of Calico are read once, in the group that is served for people', async () => {
    await define('crd.projectcalico.org', 'networkpolicies', 'NetworkPolicy', 'Namespaced', 'v1')
    await define('projectcalico.org', 'networkpolicies', 'NetworkPolicy', 'Namespaced', 'v3')
    for (const [apiVersion, name] of [
      ['crd.projectcalico.org/v1', 'default.web'],
      ['projectcalico.org/v3', 'default.web'],
    ] as const)
      await make(`/apis/${apiVersion}/namespaces/shop/networkpolicies`, {
        apiVersion,
        kind: 'NetworkPolicy',
        metadata: { name },
        spec: { selector: 'all()' },
      })
    const run = start('admin', 'calico')
    await run.ready
    expect(run.index.count('NetworkPolicy.projectcalico.org')).toBe(1)
    expect(only(run, 'NetworkPolicy.projectcalico.org').apiVersion).toBe('projectcalico.org/v3')
    // The one of Kubernetes is of another kind.
    expect(run.index.count('NetworkPolicy')).toBe(1)
    await stopAll()
  })

  it('that may not be read are named, those that are not served are no trouble', async () => {
    const run = start('console', 'limited')
    await run.ready
    await until(async () => {
      const told = [...(await statesOf('limited')).values()]
      return told.length === watchedKinds.length && told.every(({ state }) => state !== 'starting')
    })
    const states = await statesOf('limited')
    expect(states.get('NetworkPolicy.projectcalico.org')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('{apiGroups: ["projectcalico.org"], resources: ["networkpolicies"]'),
    })
    expect(states.get('AuthorizationPolicy.security.istio.io')?.state).toBe('failed')
    expect(states.get('ServiceAccount')?.state).toBe('failed')
    const quiet = [
      'Tier.projectcalico.org',
      'CiliumNetworkPolicy.cilium.io',
      'CiliumNode',
      'HTTPRoute.policy.linkerd.io',
    ]
    expect(quiet.map((kind) => states.get(kind)?.state)).toEqual(quiet.map(() => 'idle'))
    await stopAll()
  })

  it('are gone when their kind is', async () => {
    const run = start('admin', 'defined')
    await run.ready
    expect(run.index.count('AuthorizationPolicy.security.istio.io')).toBe(1)
    await api.send(
      'DELETE',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/authorizationpolicies.security.istio.io',
    )
    await until(() => run.index.count('AuthorizationPolicy.security.istio.io') === 0)
    await until(async () => (await stateOf('defined', 'AuthorizationPolicy.security.istio.io'))?.state === 'idle')
    await stopAll()
  })
})

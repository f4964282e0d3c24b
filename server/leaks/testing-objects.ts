import type { InventoryObject } from '@/core/inventory/inventory-object'
import { pod, policy, service, slice, workload as controller } from '@/core/inventory/inventory-samples'
import { touchedNamespaces } from '@/core/policy/edit/touched-namespaces'
import { kindSourceId } from '@/core/sources/kind-source'
import { acquireLease } from '@/server/db/sources/lease'
import type { TestDatabase } from '@/server/db/testing'
import { upsertSource } from '@/server/db/sources/upsert-source'
import { writeEncryptionException } from '@/server/db/encryption/write-encryption-exception'
import { writeDraftComment } from '@/server/db/policy/write-draft-comment'
import { writeLink } from '@/server/db/links/write-link'
import { writePolicyDraft } from '@/server/db/policy/write-policy-draft'
import { writeSavedView } from '@/server/db/links/write-saved-view'
import { writeInventory } from '@/server/db/inventory/write-inventory'
import { writeSourceState } from '@/server/db/sources/write-source-state'
import { writeAccess } from './testing-access'
import { accounts, ip, made, now, otherTeam, type Team, teams } from './testing-teams'
import { writeRecordings, writeTraffic } from './testing-traffic'

/** Each team's own sources, of a cluster that only it sees, and what is said of reading the shared one. */
async function writeSources(db: TestDatabase): Promise<void> {
  const refused = 'pods is forbidden in amber-shop and birch-shop'
  const kinds = ['Pod', 'Namespace', 'CiliumNetworkPolicy.cilium.io'] as const
  for (const cluster of ['demo', 'amber-east', 'birch-east'])
    for (const kind of kinds) {
      const id = kindSourceId(cluster, kind)
      await upsertSource(db.pool, { id, type: 'kubernetes', cluster, title: 'Kubernetes', target: cluster })
      await acquireLease(db.pool, id, 'test', 60_000)
      await writeSourceState(db.pool, id, kind === 'Namespace' ? 'running' : 'failed', refused)
    }
  for (const team of teams) {
    const id = `hubble@${team}`
    await upsertSource(db.pool, {
      id,
      type: 'hubble',
      cluster: `${team}-east`,
      title: `Hubble of ${team}`,
      target: `${ip(team, 9)}:4245`,
    })
    await writeSourceState(db.pool, id, 'failed', `${team} is away`)
    await writeSharedSource(db, team)
  }
}

/** Two of one type, away, of the cluster that both teams see: each is where one of the teams has its machines. */
async function writeSharedSource(db: TestDatabase, team: Team): Promise<void> {
  const target = `http://prometheus.${team}-shop.svc:9090`
  const id = `prometheus:${target}`
  await upsertSource(db.pool, { id, type: 'prometheus', cluster: 'demo', title: 'Prometheus', target })
  await writeSourceState(db.pool, id, 'retrying', `${target} does not answer`)
  await db.pool.query(
    `insert into gap (source_id, cluster, part, cause, from_time, to_time, lost) values ($1, 'demo', '', 'source_down', to_timestamp($2::float8 / 1000), null, 3)`,
    [id, now - 300_000],
  )
}

function objectsOf(team: Team): readonly InventoryObject[] {
  const at = { namespace: `${team}-shop`, createdAt: made, annotations: {} }
  const own = (name: string, n: number, node = 'n1') =>
    pod(`${team}-${name}-1`, {
      ...at,
      uid: `${team}-pod-${name}`,
      labels: { app: `${team}-${name}`, owner: team },
      ips: [ip(team, n)],
      node,
      images: [`registry/${team}-${name}:2`],
      proxy: 'sidecar',
      restarts: [{ container: `${team}-app`, at: now - 50_000, count: 3, reason: 'Error', exitCode: 1 }],
    })
  const pay = own('pay', 2, `${team}-node`)
  const selector = { matchLabels: { app: `${team}-pay` } }
  const wide = {
    endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': `${team}-shop` } },
    ingress: [{ fromEndpoints: [{ matchLabels: { owner: team } }] }],
  }
  return [
    { ...pod(`${team}-shop`), kind: 'Namespace', uid: `${team}-ns`, namespace: '', labels: { team }, createdAt: made },
    {
      ...pod(`${team}-node`),
      kind: 'Node',
      uid: `${team}-node`,
      namespace: '',
      createdAt: made,
      addresses: [ip(team, 200)],
    },
    own('web', 1),
    pay,
    own('dns', 3),
    ...['web', 'pay', 'dns'].map((name) =>
      controller('Deployment', `${team}-${name}`, {
        ...at,
        uid: `${team}-dep-${name}`,
        podLabels: { app: `${team}-${name}` },
      }),
    ),
    service(`${team}-api`, { ...at, uid: `${team}-svc`, clusterIps: [ip(team, 100)], selector: selector.matchLabels }),
    { ...slice(`${team}-api`, [pay]), ...at, uid: `${team}-slice` },
    policy(`${team}-deny`, {
      ...at,
      uid: `${team}-policy`,
      spec: { podSelector: selector, policyTypes: ['Ingress'], ingress: [] },
      writers: [{ manager: `${team}-tool`, operation: 'Update' }],
      madeBy: { manager: `${team}-tool`, operation: 'Update', time: made },
    }),
    {
      ...policy(`${team}-wide`, { ...at, uid: `${team}-wide`, spec: wide }),
      kind: 'CiliumClusterwideNetworkPolicy.cilium.io',
      apiVersion: 'cilium.io/v2',
      namespace: '',
    },
    {
      ...policy(`${team}-mtls`, { ...at, uid: `${team}-mtls`, spec: { mtls: { mode: 'STRICT' } } }),
      kind: 'PeerAuthentication',
    },
  ]
}

async function writeObjects(db: TestDatabase): Promise<void> {
  const named = (object: InventoryObject) =>
    object.kind === 'Pod' ? { kind: 'Deployment', name: object.name.replace(/-1$/, '') } : null
  const changes = (objects: readonly InventoryObject[], at: number) =>
    objects.map((object) => ({ object, workload: named(object), at, until: null }))
  for (const team of teams) {
    await writeInventory(db.pool, 'demo', changes(objectsOf(team), made))
    // A change in the window, for marks and versions.
    const changed = objectsOf(team).flatMap((object): readonly InventoryObject[] => {
      if (object.kind === 'Deployment') return [{ ...object, images: [`registry/${team}:3`], template: `${team}-2` }]
      return object.kind === 'NetworkPolicy' ? [{ ...object, spec: { podSelector: {} } }] : []
    })
    await writeInventory(db.pool, 'demo', changes(changed, now - 55_000))
    const elsewhere = pod(`${team}-batch-1`, {
      uid: `${team}-far-pod`,
      namespace: `${team}-far`,
      createdAt: made,
      ips: [ip(team, 50)],
    })
    await writeInventory(db.pool, `${team}-east`, changes([elsewhere], made))
  }
}

/** What people made: a plan that touches both teams, and exceptions of each and of both. */
async function writePlans(db: TestDatabase): Promise<void> {
  const expected = teams.flatMap((team) => [
    {
      edge: `demo/${team}-shop/Deployment/${team}-web|demo/${team}-shop/Deployment/${team}-pay|8080|tcp`,
      becomes: 'denied',
    },
  ])
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into policy_plan (cluster, made_by, asked_from, request_id, reason, expected)
     values ('demo', 'ada', '192.0.2.1', 'r', 'for amber and birch', $1) returning id`,
    [JSON.stringify(expected)],
  )
  const owner = (team: Team) => ({
    owner: team,
    reason: `${team} asked`,
    createdBy: `${team} editor`,
    account: null,
    expiresAt: now + 86_400_000,
  })
  for (const team of teams) {
    const filter = `from:${team}-shop/${team}-web to:${team}-shop/${team}-pay`
    await writeEncryptionException(db.pool, { filter, ...owner(team) })
    await writeEncryptionException(db.pool, { filter: `ns:${team}-shop to:${otherTeam(team)}-shop/x`, ...owner(team) })
  }
  await writeEncryptionException(db.pool, {
    ...owner('amber'),
    filter: 'port:8080',
    reason: 'amber and birch',
    owner: 'amber, birch',
  })
  for (const team of teams) {
    const object = { kind: 'NetworkPolicy', metadata: { name: `${team}-deny`, namespace: `${team}-shop` } }
    await db.pool.query(
      `insert into policy_change (plan_id, api_version, api_group, kind, namespace, name, change, before, after, fields, state, completed_at)
       values ($1, 'networking.k8s.io/v1', 'networking.k8s.io', 'NetworkPolicy', $2, $3, 'update', $4, $4, '{spec}', 'applied', now() - interval '90 s')`,
      [rows[0]?.id, `${team}-shop`, `${team}-deny`, JSON.stringify(object)],
    )
  }
}

/** Drafts, views and links of a member of each team. */
async function writeBelongings(db: TestDatabase): Promise<void> {
  for (const team of teams) {
    const account = accounts[team]
    const by = `${team} member`
    const text = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${team}-new, namespace: ${team}-shop }\n`
    const objects = [{ change: 'put', text, ref: null, resourceVersion: null, opened: null }] as const
    const content = { objects, openedFrom: `/?q=ns:${team}-shop`, period: null, tests: [] }
    const draft = {
      name: `${team} draft`,
      cluster: 'demo',
      content,
      by,
      account,
      namespaces: touchedNamespaces(objects),
    }
    const id = await writePolicyDraft(db.pool, draft)
    await writeDraftComment(db.pool, id, { by, account, text: `${team} says`, object: '' })
    const place = { name: `${team} view`, path: `/?q=ns:${team}-shop`, account, by }
    await writeSavedView(db.pool, { ...place, sharedWith: team })
    await writeSavedView(db.pool, { ...place, name: `${team} own`, sharedWith: '' })
    await writeLink(db.pool, {
      tokenHash: Buffer.from(team),
      title: `${team} link`,
      path: `/?q=ns:${team}-shop`,
      window: null,
      createdBy: by,
      account,
      expiresAt: null,
      answers: [],
    })
  }
}

/** Fills a database with what both teams have. */
export async function writeTeams(db: TestDatabase): Promise<void> {
  await writeAccess(db)
  await writeTraffic(db)
  await writeSources(db)
  await writeObjects(db)
  await writePlans(db)
  await writeRecordings(db)
  await writeBelongings(db)
}

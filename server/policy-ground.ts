import { type InventoryKind, isPolicy, workloadKinds } from '@/core/inventory/inventory-object'
import { buildGround, type GroundInventory, type GroundQuestion } from '@/core/policy/build-ground'
import { chooseProfile } from '@/core/policy/choose-profile'
import type { PolicyGround } from '@/core/policy/ground'
import { policyInventoryKinds } from '@/core/policy/inventory-policy'
import { redactInventory } from '@/core/policy/redact-inventory'
import { unreadKinds } from '@/core/policy/unread-kinds'
import { redactWorld } from '@/core/redact'
import { bothScopes, type Scope, scopeKey } from '@/core/scope'
import { floorTo } from '@/core/time'
import { emptyWorld } from '@/core/world'
import { readClusterObjects } from '@/server/db/inventory/read-cluster-objects'
import { readGroundPods } from '@/server/db/inventory/read-ground-pods'
import { readSources } from '@/server/db/sources/read-sources'
import { database } from './database'
import { loadPolicyTraffic } from './policy-traffic'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import { pastTheWall } from './wall'

/** Pods come and go; whom policies select does not change with most of them. */
const inventoryStepMs = 60_000

const grounds = () =>
  processWide('policy-grounds', () =>
    createSharedCache<PolicyGround>({
      ttlMs: 60_000,
      entries: 6,
      weight: 100_000,
      weigh: ({ model, edges }) => model.workloads.length + edges.length,
    }),
  )

type ClusterObjects = Omit<GroundInventory, 'hidesNamespaces' | 'policies' | 'profile'>

const inventories = () =>
  processWide('policy-inventories', () =>
    createSharedCache<ClusterObjects>({
      ttlMs: 60_000,
      entries: 4,
      weight: 200_000,
      weigh: ({ pods, objects }) => pods.length + objects.length,
    }),
  )

/** What questions about the policies of one cluster stand on, as the scope may see it. Equal questions give the same object for a minute. */
export async function loadPolicyGround(question: GroundQuestion, scope: Scope): Promise<PolicyGround> {
  const { cluster, at, period } = question
  const key = JSON.stringify([cluster, at, period, scopeKey(scope)])
  return (await grounds().get(key, () => readGround(question, scope))).value
}

async function readGround(question: GroundQuestion, scope: Scope): Promise<PolicyGround> {
  const { cluster, at, period } = question
  const [inventory, traffic, unread] = await Promise.all([
    loadClusterInventory(cluster, at, scope),
    loadPolicyTraffic(period),
    readUnread(cluster, scope),
  ])
  const { edges } = redactWorld({ ...emptyWorld, ...traffic }, scope)
  return buildGround(question, inventory, { ...traffic, edges }, unread)
}

/** What concerns a namespace also lies outside of it: nodes, what the cluster's network can do, and defaults of a mesh. */
const loadClusterInventory = (cluster: string, at: number, scope: Scope): Promise<GroundInventory> =>
  pastTheWall(
    () => Promise.all([loadObjects(cluster, at), readPolicies(cluster, at)]),
    ([objects, policies], wall) => {
      const profile = chooseProfile([...objects.objects, ...policies.map(({ object }) => object)])
      return redactInventory({ ...objects, policies, profile }, cluster, bothScopes(scope, wall))
    },
  )

/** The kinds of the inventory that policies are made of. */
export const policyKindNames: readonly InventoryKind[] = [...policyInventoryKinds.keys()]

const otherKinds: readonly InventoryKind[] = [
  'Namespace',
  'Node',
  'Service',
  'EndpointSlice',
  'ServiceAccount',
  'CiliumNode',
  'CiliumConfig',
  'FelixConfiguration',
  ...workloadKinds,
]

async function loadObjects(cluster: string, at: number): Promise<ClusterObjects> {
  const moment = floorTo(at, inventoryStepMs)
  const read = async () => {
    const [pods, versions] = await Promise.all([
      readGroundPods(database(), cluster, moment),
      readClusterObjects(database(), cluster, otherKinds, moment),
    ])
    return { pods, objects: versions.map(({ object }) => object) }
  }
  return (await inventories().get(JSON.stringify([cluster, moment]), read)).value
}

async function readPolicies(cluster: string, at: number) {
  const versions = await readClusterObjects(database(), cluster, policyKindNames, at)
  return versions.flatMap(({ object, from }) => (isPolicy(object) ? [{ object, from }] : []))
}

/** Kinds of policies of which the API server gave nothing although it serves them. What it said may name whom a scope hides. */
async function readUnread(cluster: string, scope: Scope): Promise<PolicyGround['unread']> {
  const unread = unreadKinds(await readSources(database()), cluster)
  return scope.all ? unread : unread.map(({ kind }) => ({ kind, reason: 'it could not be read' }))
}

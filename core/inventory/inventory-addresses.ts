import { deepEqual } from '../text/deep-equal'
import type { Endpoint } from '../endpoint'
import { type ClaimLimits, type Claims, createClaims } from './inventory-claims'
import type { Place } from '../witness/hop'
import { type InventoryObject, isActive, type PodObject } from './inventory-object'

/** Who an address belongs to, and where that is; both may become better known later. */
export type Target = { endpoint: Endpoint; place: Place | null }

export type Addresses = {
  /** What a pod holds now (undefined: it is gone) and held before. True where an answer may have changed. */
  pod(now: PodObject | undefined, before: PodObject | undefined, target: Target, at: number): boolean
  /** The same for a Node or a Service; other kinds have no address. */
  object(now: InventoryObject | undefined, before: InventoryObject | undefined, at: number): boolean
  /** O(log n). */
  resolve(ip: string, time: number): Target | null
  prune(time: number): void
  readonly dropped: number
}

/** A packet may be late for its pod's end (retries to one that is gone), and a node's clock or a status in whole seconds early for its start. */
const grace = { afterEndMs: 30_000, beforeStartMs: 2_000 }

export function createAddresses(cluster: string, limits: ClaimLimits): Addresses {
  const pods = createClaims<Target>(limits)
  const nodes = createClaims<Target>(limits)
  const services = createClaims<Target>(limits)
  const outside = createClaims<Target>(limits)
  // Outside addresses come last, because a load balancer may hand out a node's own.
  const all: readonly Claims<Target>[] = [pods, nodes, services, outside]

  return {
    get dropped() {
      return all.reduce((sum, each) => sum + each.dropped, 0)
    },
    pod(now, before, target, at) {
      const one = now ?? before
      if (!one) return false
      const held = heldBy(before)
      const holds = heldBy(now)
      const end = !now || !isActive(now) ? Math.min(one.finishedAt ?? at, at) : at
      // A first address is as old as the pod's network; a later one is new.
      const since = held.length > 0 ? at : Math.min(one.ipSince ?? at, at)
      move(pods, one.uid, held, holds, { since, end }, target)
      const missed = now && !before && !isActive(now) && now.finishedAt !== null
      // A pod that was done when it was first seen held its addresses until then.
      if (missed) {
        move(pods, now.uid, [], addressesOf(now), { since, end }, target)
        move(pods, now.uid, addressesOf(now), [], { since, end }, target)
      }
      return missed || !deepEqual(held, holds)
    },
    object(now, before, at) {
      const one = now ?? before
      if (one?.kind !== 'Node' && one?.kind !== 'Service') return false
      const { uid, kind, name, createdAt } = one
      const isNode = kind === 'Node'
      const endpoint = { cluster, namespace: isNode ? '' : one.namespace, kind, name }
      const target: Target = { endpoint, place: isNode ? { at: 'host', cluster, node: name } : null }
      const times = { since: before ? at : Math.min(createdAt || at, at), end: at }
      const changed = [
        move(nodes, uid, nodeAddresses(before), nodeAddresses(now), times, target),
        move(services, uid, clusterAddresses(before), clusterAddresses(now), times, target),
        move(outside, uid, outsideAddresses(before), outsideAddresses(now), times, target),
      ]
      return changed.includes(true)
    },
    resolve(address, time) {
      const ip = plainIp(address)
      for (const claims of all) {
        const found = claims.at(ip, time)
        if (found) return found
      }
      for (const claims of all) {
        const found = claims.near(ip, time, grace.afterEndMs, grace.beforeStartMs)
        if (found) return found
      }
      return null
    },
    prune(time) {
      for (const claims of all) claims.prune(time)
    },
  }
}

function move(
  claims: Claims<Target>,
  uid: string,
  before: readonly string[],
  now: readonly string[],
  times: { readonly since: number; readonly end: number },
  target: Target,
): boolean {
  if (deepEqual(before, now)) return false
  for (const ip of before) if (!now.includes(ip)) claims.close(ip, uid, times.end)
  for (const ip of now) if (!before.includes(ip)) claims.open(ip, uid, times.since, target)
  return true
}

/** A hostNetwork pod's addresses are its node's. */
const addressesOf = (pod: PodObject): readonly string[] => (pod.hostNetwork ? [] : pod.ips)
const heldBy = (pod: PodObject | undefined): readonly string[] => (pod && isActive(pod) ? addressesOf(pod) : [])
const nodeAddresses = (object: InventoryObject | undefined) => (object?.kind === 'Node' ? object.addresses : [])
const clusterAddresses = (object: InventoryObject | undefined) => (object?.kind === 'Service' ? object.clusterIps : [])
const outsideAddresses = (object: InventoryObject | undefined) => (object?.kind === 'Service' ? object.externalIps : [])

/** An IPv4 address as such also where it comes written as IPv6. */
const plainIp = (ip: string): string => (ip.includes(':') ? ip.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '') : ip)

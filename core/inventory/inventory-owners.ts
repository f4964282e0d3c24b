import type { Endpoint } from '../endpoint'
import type { Target } from './inventory-addresses'
import type { Place } from '../witness/hop'
import type { PodObject, WorkloadObject } from './inventory-object'
import { workloadOfPod } from './inventory-owner'

export type Owners = {
  targetOf(uid: string): Target | undefined
  /** The pod's workload. Asked again when its owner is another one, and never because the owner went. */
  follow(pod: PodObject, before: PodObject | undefined): Target
  forget(pod: PodObject): void
  /** Pods of this owner that have another workload now that it is known. Grows with its pods. */
  resettle(owner: WorkloadObject): PodObject[]
}

/** Keeps the workload of each pod as owners become known, in whatever order. */
export function createOwners(
  cluster: string,
  podOf: (uid: string) => PodObject | undefined,
  ownerOf: (uid: string) => WorkloadObject | undefined,
): Owners {
  const targets = new Map<string, Target>()
  const podsOfOwner = new Map<string, Set<string>>()

  const endpointOf = (pod: PodObject): Endpoint => ({
    cluster,
    namespace: pod.namespace,
    ...workloadOfPod(pod, ownerOf),
  })

  const placeOf = ({ node, hostNetwork }: PodObject): Place | null =>
    node === '' ? null : { at: hostNetwork ? 'host' : 'pod', cluster, node }

  const settle = (pod: PodObject): Target => {
    const endpoint = endpointOf(pod)
    const known = targets.get(pod.uid)
    if (!known) {
      const target = { endpoint, place: placeOf(pod) }
      targets.set(pod.uid, target)
      return target
    }
    if (known.endpoint.kind !== endpoint.kind || known.endpoint.name !== endpoint.name) known.endpoint = endpoint
    return known
  }

  const unlink = ({ uid, owner }: PodObject): void => {
    if (!owner) return
    const siblings = podsOfOwner.get(owner.uid)
    siblings?.delete(uid)
    if (siblings?.size === 0) podsOfOwner.delete(owner.uid)
  }

  return {
    targetOf: (uid) => targets.get(uid),
    follow(pod, before) {
      const known = targets.get(pod.uid)
      if (known && before?.node !== pod.node) known.place = placeOf(pod)
      if (known && before?.owner?.uid === pod.owner?.uid) return known
      if (before) unlink(before)
      if (pod.owner) {
        const siblings = podsOfOwner.get(pod.owner.uid)
        if (siblings) siblings.add(pod.uid)
        else podsOfOwner.set(pod.owner.uid, new Set([pod.uid]))
      }
      return settle(pod)
    },
    forget(pod) {
      targets.delete(pod.uid)
      unlink(pod)
    },
    resettle(owner) {
      const moved: PodObject[] = []
      for (const uid of podsOfOwner.get(owner.uid) ?? []) {
        const pod = podOf(uid)
        const before = targets.get(uid)?.endpoint
        if (pod && settle(pod).endpoint !== before) moved.push(pod)
      }
      return moved
    },
  }
}

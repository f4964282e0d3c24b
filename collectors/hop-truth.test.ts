import { expect, it } from 'vitest'
import { createInventoryIndex } from '@/core/inventory/inventory-index'
import type { Hop } from '@/core/verdict'
import { buildCluster, type Pod } from '@/demo/model/cluster'
import { company } from '@/demo/model/company'
import { type Protection, protectionOf } from '@/demo/model/mesh'
import { meshSystem } from '@/demo/model/mesh-system'
import { allObjects } from '@/demo/model/objects'
import { watchedKinds } from '@/server/kubernetes/kinds'
import { createResolver } from './resolve'
import { flowOf } from './test-observations'

const at = Date.UTC(2026, 0, 5, 12)
const cluster = buildCluster({ ...company, system: meshSystem }, 1, at)

const index = createInventoryIndex('c')
for (const object of allObjects(cluster)) {
  const { kind: own, metadata } = object
  const watched = watchedKinds.find(({ kind, resources: [{ only }] }) =>
    only ? own === 'ConfigMap' && metadata.name === only.name : own === kind,
  )
  const trimmed = watched?.trim(object)
  if (trimmed) index.apply({ type: 'upsert', object: trimmed, at })
}
const { resolveCall } = createResolver(index)
const hopOf = (from: Pod, to: Pod) => {
  const ref = (pod: Pod) => ({ namespace: pod.workload.spec.namespace, pod: pod.name })
  return resolveCall(flowOf({ from: ref(from), to: ref(to), fromIp: from.ip, toIp: to.ip, time: at + 1_000 })).hop
}
const onHost = ({ workload }: Pod) => workload.spec.hostNetwork === true
const truth: Readonly<Record<Exclude<Protection, 'mtls' | 'tls'>, Hop>> = {
  'mtls+tunnel': 'wireguard',
  tunnel: 'wireguard',
  'same-node': 'same-node',
  plaintext: 'open',
}

it('the way between any two pods of the simulated cluster is the true one', () => {
  const pods = [...cluster.workloads.values()].flatMap((workload) => workload.pods)
  const seen = new Map<Hop, number>()
  for (const from of pods) {
    for (const to of pods) {
      const protection = protectionOf(from, to, 1, cluster.nodes.length)
      const hop = hopOf(from, to)
      seen.set(hop, (seen.get(hop) ?? 0) + 1)
      const same = from.node === to.node
      if (protection === 'mtls') expect(hop).toBe(same ? 'same-node' : 'open')
      // Calico does not tell the way from a host to a pod; that it is unknown is no untruth.
      else if (hop === 'unknown') expect([onHost(from), onHost(to)]).toEqual([true, false])
      else if (protection !== 'tls') expect(hop).toBe(truth[protection])
    }
  }
  expect([...seen.keys()].sort()).toEqual(['open', 'same-node', 'unknown', 'wireguard'])
})

import { pick, seededRandom } from '../random'
import type { KubernetesObject } from './object'
import { addPod, type Cluster, newRevision, type Pod, removePod, type Workload } from './cluster'
import { controllerObject, endpointSliceObject, jobObject, podObject, replicaSetObject } from './objects'

/** What the API server has to be told. */
export type Change = {
  readonly type: 'put' | 'delete'
  readonly object: KubernetesObject
  /** Only where the object's spec is still this one: whoever changed it meanwhile has the last word. */
  readonly ifStill?: unknown
}

export type Churn = {
  /** Makes the changes that are due until `now`, in order. */
  advance(now: number): Change[]
  /** Replaces every pod of a workload at once; whoever comes next may get their addresses. */
  replace(workload: Workload, now: number): Change[]
  /** Begins to roll out the next version of a workload (`namespace/name`). */
  rollOut(workload: string, now: number): Change[]
  /** One pod of a workload (`namespace/name`) is killed for want of memory, started, and killed again, until it holds. */
  outgrow(workload: string, now: number): Change[]
}

type Due = { readonly at: number; readonly run: (now: number) => Change[] }

const replaceEveryMs = 150_000
const rollOutEveryMs = 420_000
/** A front end that is shipped often: once soon after the demo has begun, then by the clock. */
const shippedOften = { workload: 'storefront/bff', firstMs: 380_000, everyMs: 840_000 }
const stepMs = 5_000
const terminationMs = 3_000
/** When its container is killed and when it runs again: the kubelet waits 10 s, then each time twice as long. */
const crashLoop = [
  [0, 1_000],
  [21_000, 31_000],
  [51_000, 71_000],
  [92_000, 132_000],
  [160_000, 240_000],
] as const
const jobEveryMs = 180_000
const jobRunsMs = 150_000

/** Pods come and go: single replacements, roll-outs of whole deployments, the batch job. Deterministic by seed. */
export function createChurn(cluster: Cluster, seed: number, start: number): Churn {
  const random = seededRandom(seed ^ 0x51ed)
  const ofCompany = new Set(cluster.company.workloads)
  const deployments = [...cluster.workloads.values()].filter(
    (w) => w.spec.kind === 'Deployment' && ofCompany.has(w.spec),
  )
  const jobs = [...cluster.workloads.values()].filter((w) => w.spec.kind === 'CronJob')
  const queue: Due[] = []
  const at = (time: number, run: Due['run']) => {
    const index = queue.findIndex((due) => due.at > time)
    queue.splice(index < 0 ? queue.length : index, 0, { at: time, run })
  }

  const end = (pod: Pod, now: number): Change[] => {
    removePod(cluster, pod, now)
    at(now + terminationMs, () => [{ type: 'delete', object: podObject(pod, now) }])
    return [{ type: 'put', object: podObject(pod, now) }]
  }
  const swap = (workload: Workload, pod: Pod, now: number): Change[] => {
    const ordinal = Number(/-(\d+)$/.exec(pod.name)?.[1] ?? 0)
    const ending = end(pod, now)
    const fresh = addPod(cluster, workload, now, ordinal)
    return [...ending, { type: 'put', object: podObject(fresh) }, ...slices(workload)]
  }
  const rollOut = (workload: Workload, now: number): Change[] => {
    const old = workload.revision
    const pods = workload.pods
    workload.revision = newRevision(random, workload.spec, old.number + 1, now)
    pods.forEach((pod, i) =>
      at(now + i * stepMs, (then) => (workload.pods.includes(pod) ? swap(workload, pod, then) : [])),
    )
    const sets = workload.spec.kind === 'Deployment'
    at(now + pods.length * stepMs, () => [
      ...(sets ? [{ type: 'put' as const, object: replicaSetObject(workload, 0, old) }] : []),
      { type: 'put', object: controllerObject(workload) },
    ])
    return [
      { type: 'put', object: controllerObject(workload) },
      ...(sets ? [{ type: 'put' as const, object: replicaSetObject(workload, pods.length) }] : []),
    ]
  }
  const runJob = (workload: Workload, now: number): Change[] => {
    const previous = workload.revision.number > 0 ? jobObject(workload, true) : null
    workload.revision = newRevision(random, workload.spec, workload.revision.number + 1, now)
    const pod = addPod(cluster, workload, now, 0)
    at(now + jobRunsMs, (then) => [...end(pod, then), { type: 'put', object: jobObject(workload, true) }])
    at(now + jobEveryMs, (then) => runJob(workload, then))
    return [
      ...(previous ? [{ type: 'delete' as const, object: previous }] : []),
      { type: 'put', object: controllerObject(workload) },
      { type: 'put', object: jobObject(workload) },
      { type: 'put', object: podObject(pod) },
    ]
  }
  const every = (ms: number, first: number, run: (now: number) => Change[]) => {
    const again = (now: number): Change[] => {
      at(now + ms * (0.8 + random() * 0.4), again)
      return run(now)
    }
    at(first, again)
  }

  if (deployments.length) {
    every(replaceEveryMs, start + replaceEveryMs * random(), (now) => {
      const workload = pick(random, deployments)
      const pod = workload.pods[0]
      return pod ? swap(workload, pod, now) : []
    })
    every(rollOutEveryMs, start + rollOutEveryMs * random(), (now) => rollOut(pick(random, deployments), now))
  }
  const rollOutNamed = (name: string, now: number): Change[] => {
    const workload = cluster.workloads.get(name)
    return workload ? rollOut(workload, now) : []
  }
  if (cluster.workloads.has(shippedOften.workload))
    every(shippedOften.everyMs, start + shippedOften.firstMs, (now) => rollOutNamed(shippedOften.workload, now))
  const outgrow = (name: string, now: number): Change[] => {
    const workload = cluster.workloads.get(name)
    const pod = workload?.pods[0]
    if (!workload || !pod) return []
    const tell = (change: Pick<Pod, 'restarts' | 'ended'>): Change[] => {
      if (!workload.pods.includes(pod)) return []
      Object.assign(pod, change)
      return [{ type: 'put', object: podObject(pod) }, ...slices(workload)]
    }
    for (const [killed, started] of crashLoop) {
      const end = { at: now + killed, startedAt: now + started, reason: 'OOMKilled', exitCode: 137 }
      at(end.at, () => tell({ restarts: pod.restarts, ended: { ...end, running: false } }))
      at(end.startedAt, () => tell({ restarts: pod.restarts + 1, ended: { ...end, running: true } }))
    }
    return []
  }
  for (const job of jobs) {
    const pod = job.pods[0]
    if (pod)
      at(start + jobRunsMs * random(), (now) => [...end(pod, now), { type: 'put', object: jobObject(job, true) }])
    at(start + jobEveryMs, (now) => runJob(job, now))
  }

  return {
    advance(now) {
      const changes: Change[] = []
      for (let due = queue[0]; due && due.at <= now; due = queue[0]) {
        queue.shift()
        changes.push(...due.run(due.at))
      }
      return changes
    },
    rollOut: rollOutNamed,
    outgrow,
    replace: (workload, now) => workload.pods.flatMap((pod) => swap(workload, pod, now)),
  }
}

const slices = (workload: Workload): Change[] =>
  workload.spec.ports.length ? [{ type: 'put', object: endpointSliceObject(workload) }] : []

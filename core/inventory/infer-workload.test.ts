import { describe, expect, it } from 'vitest'
import { inferWorkload } from './infer-workload'

describe('inferWorkload', () => {
  it.each([
    ['a pod of a Deployment', { pod: 'prometheus-6655946b9f-6xcpf' }, 'Deployment/prometheus'],
    ['a pod of a StatefulSet', { pod: 'kafka-broker-2' }, 'StatefulSet/kafka-broker'],
    ['a pod whose controller is not told', { pod: 'fluentd-x7k2p' }, 'Workload/fluentd'],
    ['a pod of a CronJob', { pod: 'reports-28391040-x7k2p' }, 'CronJob/reports'],
    ['all pods of a ReplicaSet', { pod: 'web-6655946b9f-*' }, 'Deployment/web'],
    ['all pods of another controller', { pod: 'fluentd-*' }, 'Workload/fluentd'],
    ['all pods of a CronJob', { pod: 'reports-28391040-*' }, 'CronJob/reports'],
    ['a bare pod', { pod: 'debug' }, 'Pod/debug'],
    ['the workload that the source names', { pod: 'a-1', workload: { kind: 'DaemonSet', name: 'a' } }, 'DaemonSet/a'],
    [
      'a ReplicaSet, lifted to its Deployment',
      { workload: { kind: 'ReplicaSet', name: 'web-6655946b9f' } },
      'Deployment/web',
    ],
    ['a ReplicaSet of its own', { workload: { kind: 'ReplicaSet', name: 'frontend' } }, 'ReplicaSet/frontend'],
    ['a Job of a CronJob', { workload: { kind: 'Job', name: 'reports-28391040' } }, 'CronJob/reports'],
    ['a kind that nobody knows', { workload: { kind: 'Rollout', name: 'web' } }, 'Rollout/web'],
  ])('reads %s', (_, ref, expected) => {
    const workload = inferWorkload({ namespace: 'shop', ...ref })
    expect(`${workload?.kind}/${workload?.name}`).toBe(expected)
  })

  it('says nothing without pod and workload', () => {
    expect(inferWorkload({ namespace: 'shop' })).toBeNull()
  })
})

import type { EndpointRef } from '@/core/endpoint'
import { inferWorkload } from '@/core/inventory/infer-workload'
import { type Attributes, textOf } from './attributes'
import type { Service } from './span'

/** Controllers that a resource may name, the top one first. */
const controllers = [
  ['k8s.deployment.name', 'Deployment'],
  ['k8s.statefulset.name', 'StatefulSet'],
  ['k8s.daemonset.name', 'DaemonSet'],
  ['k8s.cronjob.name', 'CronJob'],
  ['k8s.job.name', 'Job'],
  ['k8s.replicaset.name', 'ReplicaSet'],
] as const

/** `unknown_service` is what an SDK sends that was given no name: it names nobody. */
const nameless = /^unknown_service(:|$)/

/**
 * Who a resource is: its controller or pod in Kubernetes, else the application by its own name.
 * `cluster` given: overrides what the resource says.
 */
export function serviceOf(resource: Attributes, cluster: string | undefined): Service {
  const text = (name: string) => textOf(resource, name)
  const own = text('service.name')
  const name = nameless.test(own) ? '' : own
  const namespace = text('k8s.namespace.name') || text('service.namespace')
  const pod = text('k8s.pod.name')
  const controller = controllers.find(([attribute]) => text(attribute))
  const workload = controller ? { kind: controller[1], name: text(controller[0]) } : applicationOf(name, namespace, pod)
  const clusterName = cluster ?? text('k8s.cluster.name')
  const ref: EndpointRef = {
    ...(clusterName && { cluster: clusterName }),
    ...(namespace && { namespace }),
    ...(pod && { pod }),
    ...(workload && { workload }),
  }
  const inferred = inferWorkload(ref)
  return {
    ref,
    identity: `${clusterName}\0${namespace}\0${inferred?.name ?? ''}`,
    name: name || inferred?.name || '',
    sdk: [text('telemetry.sdk.language'), text('telemetry.sdk.version')].filter(Boolean).join(' '),
  }
}

/** A pod in a namespace says more than the application's name does. */
function applicationOf(name: string, namespace: string, pod: string): EndpointRef['workload'] {
  if (!name || (pod && namespace)) return undefined
  return { kind: 'Workload', name }
}

import type { Pod, Workload } from '../model/cluster'
import type { Attributes } from './messages'

/** An instrumented workload: its SDK, and whether it sends the names of the new semantic conventions. */
export type Instrumented = { readonly language: string; readonly version: string; readonly isNew: boolean }

const node = { language: 'nodejs', version: '2.1.0', isNew: true }
const go = { language: 'go', version: '1.38.0', isNew: true }
const java = { language: 'java', version: '1.31.0', isNew: false }
const python = { language: 'python', version: '1.20.0', isNew: false }

const services: Readonly<Record<string, Instrumented>> = {
  'storefront/web': node,
  'storefront/bff': node,
  'storefront/search': go,
  'storefront/recommendations': python,
  'checkout/cart': go,
  'checkout/checkout': go,
  'checkout/payments': go,
  'checkout/fraud': python,
  'catalog/products': go,
  'catalog/pricing': go,
  'catalog/inventory': go,
  'orders/orders': java,
  'orders/fulfilment': java,
  'orders/notifications': node,
  'accounts/identity': java,
  'accounts/profiles': go,
  'logistics/shipping': go,
  'data/ingest': python,
}

export const instrumentedOf = (workload: Workload | null): Instrumented | null =>
  (workload && services[`${workload.spec.namespace}/${workload.spec.name}`]) ?? null

const ownerAttribute = {
  Deployment: 'k8s.deployment.name',
  StatefulSet: 'k8s.statefulset.name',
  DaemonSet: 'k8s.daemonset.name',
  CronJob: 'k8s.cronjob.name',
} as const

/** What the SDK and the collector's k8sattributes processor say of a pod. */
export function resourceOf(pod: Pod, cluster: string, { language, version, isNew }: Instrumented): Attributes {
  const { spec } = pod.workload
  return {
    'service.name': spec.name,
    'service.namespace': isNew ? spec.namespace : undefined,
    'service.instance.id': pod.uid,
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': language,
    'telemetry.sdk.version': version,
    'k8s.cluster.name': cluster,
    'k8s.namespace.name': spec.namespace,
    'k8s.pod.name': pod.name,
    'k8s.pod.uid': pod.uid,
    'k8s.pod.ip': pod.ip,
    'k8s.node.name': pod.node.name,
    [ownerAttribute[spec.kind]]: spec.name,
  }
}

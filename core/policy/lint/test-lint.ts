import { compilePolicies } from '../compile'
import type { Model, ModelObject, Workload } from '../model'
import { defaultOptions, type Options } from '../profile'
import { modelOf, pod } from '../test-model'
import type { LintFinding, LintRuleName } from './finding'
import { lintPolicies } from './lint'

/** A small cluster for tables of cases. */
export const web = pod('shop/web', { labels: { app: 'web' }, ips: ['10.0.0.1'], serviceAccount: 'web', nodes: ['n1'] })
export const db = pod('shop/db', {
  labels: { app: 'db' },
  ips: ['10.0.0.2'],
  nodes: ['n1'],
  ports: [{ name: 'sql', protocol: 'TCP', port: 5432 }],
})
export const job = pod('batch/job', { labels: { app: 'job' }, ips: ['10.0.0.3'], serviceAccount: 'robot' })
export const dns = pod('kube-system/coredns', { labels: { 'k8s-app': 'kube-dns' }, ips: ['10.0.0.4'] })
export const agent = pod('shop/agent', { labels: { app: 'agent' }, ips: ['10.9.0.1'], hostNetwork: true })
export const pods: readonly Workload[] = [web, db, job, dns, agent]

export type LintCase = {
  readonly objects: readonly ModelObject[]
  readonly workloads?: readonly Workload[]
  readonly model?: Partial<Model>
  readonly options?: Partial<Options>
  readonly hides?: boolean
}

export function lintOf({ objects, workloads = pods, model, options, hides }: LintCase): readonly LintFinding[] {
  return lintPolicies(compilePolicies(modelOf(workloads, objects, model), { ...defaultOptions, ...options }), hides)
}

/** Severity, name and path of what one rule finds: `warning p spec.ingress[0]`. */
export const saysOf = (rule: LintRuleName, asked: LintCase): readonly string[] =>
  lintOf(asked)
    .filter((finding) => finding.rule === rule)
    .map(({ severity, policy, path }) => [severity, policy.name, ...(path === null ? [] : [path])].join(' '))

export const messagesOf = (rule: LintRuleName, asked: LintCase): readonly string[] =>
  lintOf(asked).flatMap((finding) => (finding.rule === rule ? [finding.message] : []))

/** A NetworkPolicy `name` of namespace shop. */
export const netpol = (name: string, spec: ModelObject, namespace = 'shop'): ModelObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec: { podSelector: {}, ...spec },
})

export const labels = (app: string) => ({ matchLabels: { app } })
export const fromPods = (app: string) => ({ from: [{ podSelector: labels(app) }] })

export const admin = (name: string, spec: ModelObject, tier = 'Admin'): ModelObject => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier, priority: 10, subject: { namespaces: {} }, ...spec },
})

export const object = (apiVersion: string, kind: string, key: string, spec: ModelObject): ModelObject => {
  const [first = '', name] = key.split('/')
  return { apiVersion, kind, metadata: name === undefined ? { name: first } : { namespace: first, name }, spec }
}

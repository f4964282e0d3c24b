import { compilePolicies } from '../compile'
import type { End } from '../decision'
import { endOf } from '../evaluate'
import type { Model, ModelNamespace, ModelObject, Workload } from '../model'
import { defaultOptions, type Options } from '../profile'
import { modelOf, pod, space } from '../test-model'
import type { RecordedEnd, RecordedFlow } from './recorded-flow'
import { defaultSuggestOptions, type SuggestOptions } from './suggestion'
import { suggestPolicies } from './suggest-policies'

export const day = 86_400_000
export const evidence = { count: 10, first: 100 * day, last: 106 * day, days: 7 }

/** A connection that was seen for a week. */
export const seen = (
  from: Workload | RecordedEnd,
  to: Workload | RecordedFlow['to'],
  port: number | string | null,
  parts: Partial<RecordedFlow> = {},
): RecordedFlow => ({
  from: 'type' in from ? from : endOf(from),
  to: 'type' in to ? to : endOf(to),
  port,
  protocol: 'TCP',
  reply: 'no',
  observed: 'forwarded',
  evidence,
  ...parts,
})

export const outside = (address: string, ...names: readonly string[]): End => ({
  type: 'external',
  address,
  ...(names.length > 0 ? { names } : {}),
})

/** As the API server labels it. */
export const labelledSpace = (name: string): ModelNamespace => space(name, { 'kubernetes.io/metadata.name': name })

export const app = (key: string, parts: Partial<Workload> = {}): Workload =>
  pod(key, { kind: 'Deployment', labels: { app: key.split('/')[1] ?? '' }, ...parts })

export const dnsPods = app('kube-system/coredns', { labels: { 'k8s-app': 'kube-dns' }, ips: ['10.0.0.53'] })

export function suggest(
  flows: readonly RecordedFlow[],
  parts: Partial<Model> & { readonly objects?: readonly ModelObject[] },
  how: Partial<SuggestOptions> = {},
  options: Partial<Options> = {},
) {
  const compiled = compiledFrom(parts, options)
  return suggestPolicies(compiled, flows, { ...defaultSuggestOptions, ...how })
}

export function compiledFrom(parts: Partial<Model>, options: Partial<Options> = {}) {
  const workloads = parts.workloads ?? []
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))].map(labelledSpace)
  const model = modelOf(workloads, parts.objects ?? [], { namespaces, ...parts })
  return compilePolicies(model, { ...defaultOptions, ...options })
}

export const manifests = (result: ReturnType<typeof suggest>) => result.suggestions.map(({ manifest }) => manifest)

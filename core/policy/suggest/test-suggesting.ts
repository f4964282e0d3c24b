import type { Model, ModelService } from '../model'
import type { RecordedFlow } from './recorded-flow'
import type { Suggestion, SuggestOptions } from './suggestion'
import { app, dnsPods, suggest } from './test-flows'

export const web = app('shop/web', { ips: ['10.0.0.1'], nodes: ['n1'] })
export const api = app('shop/api', {
  ips: ['10.0.0.2'],
  nodes: ['n1'],
  ports: [{ name: 'http', protocol: 'TCP', port: 8080 }],
})
export const job = app('batch/report', { ips: ['10.0.0.3'] })
export const model: Partial<Model> = { workloads: [web, api, job, dnsPods] }

export const service = (key: string, parts: Partial<ModelService>): ModelService => {
  const [namespace = '', name = ''] = key.split('/')
  return { namespace, name, labels: {}, selector: { app: name }, clusterIps: [], ports: [], addresses: [], ...parts }
}

export const policyFor = (
  flows: readonly RecordedFlow[],
  name: string,
  parts = model,
  how: Partial<SuggestOptions> = {},
) => {
  const found = suggest(flows, parts, how).suggestions.find(({ subject }) =>
    subject.workloads.some((text) => text.includes(`/${name}[`)),
  )
  if (!found) throw new Error(`nothing is suggested for ${name}`)
  return found
}

/** `peer > ports`, without the rule for DNS. */
export const lines = (suggestion: Suggestion, direction: 'ingress' | 'egress') =>
  (suggestion[direction] ?? [])
    .filter(({ purpose }) => purpose === 'traffic')
    .map(({ peers, ports }) => {
      const names = peers.map((peer) => {
        if (peer.type === 'addresses') return peer.cidr
        return peer.type === 'pods' ? `${peer.namespace} ${JSON.stringify(peer.labels)}` : peer.type
      })
      return `${names.join(' or ')} > ${ports.map(({ protocol, port }) => `${protocol} ${port}`).join(', ')}`
    })

export const reasons = (flows: readonly RecordedFlow[], parts = model) =>
  suggest(flows, parts).leftOut.map(({ reason, count }) => `${reason} ${count}`)

export const texts = ({ caveats }: Suggestion, code: string) =>
  caveats.filter((one) => one.code === code).map(({ text }) => text)

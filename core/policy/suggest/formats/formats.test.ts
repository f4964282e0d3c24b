import { describe, expect, it } from 'vitest'
import type { Model } from '../../model'
import type { RecordedFlow } from '../recorded-flow'
import type { FormatName, Suggestion } from '../suggestion'
import { app, dnsPods, outside, seen, suggest } from '../test-flows'

const web = app('shop/web', { mesh: 'istio', serviceAccount: 'web', nodes: ['n1'] })
const api = app('shop/api', { mesh: 'istio', serviceAccount: 'api', nodes: ['n1'] })
const job = app('batch/report', { mesh: null })
const kubernetes = {
  namespace: 'default',
  name: 'kubernetes',
  labels: {},
  selector: null,
  clusterIps: ['10.96.0.1'],
  ports: [{ name: 'https', protocol: 'TCP' as const, port: 443, targetPort: 6443 }],
  addresses: ['192.0.2.250'],
}
const model: Partial<Model> = { workloads: [web, api, job, dnsPods], services: [kubernetes] }

const made = (format: FormatName, flows: readonly RecordedFlow[], name: string): Suggestion | undefined =>
  suggest(flows, model, { format, isolate: 'seen' }).suggestions.find(({ subject }) =>
    subject.workloads.some((text) => text.includes(`/${name}[`)),
  )
const spec = (...asked: Parameters<typeof made>) => made(...asked)?.manifest.spec
const leftOut = (format: FormatName, flows: readonly RecordedFlow[]) =>
  suggest(flows, model, { format }).leftOut.map(({ reason, direction }) => `${reason} ${direction ?? ''}`.trimEnd())

const dnsPorts = [
  { port: '53', protocol: 'TCP' },
  { port: '53', protocol: 'UDP' },
]

describe('CiliumNetworkPolicy', () => {
  it('names pods by labels, those of other namespaces with it', () => {
    expect(spec('CiliumNetworkPolicy', [seen(web, api, 80), seen(job, api, 80)], 'api')).toEqual({
      endpointSelector: { matchLabels: { app: 'api' } },
      ingress: [
        {
          fromEndpoints: [
            { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'batch', app: 'report' } },
            { matchLabels: { app: 'web' } },
          ],
          toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }],
        },
      ],
    })
  })

  it('names what is outside by the names that were looked up, and lets Cilium see them looked up', () => {
    expect(spec('CiliumNetworkPolicy', [seen(web, outside('192.0.2.1', 'pay.example.com'), 443)], 'web')).toEqual({
      endpointSelector: { matchLabels: { app: 'web' } },
      egress: [
        {
          toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } }],
          toPorts: [{ ports: dnsPorts, rules: { dns: [{ matchPattern: '*' }] } }],
        },
        {
          toFQDNs: [{ matchName: 'pay.example.com' }],
          toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
        },
      ],
    })
  })

  it('names by address what no name was seen of, and does not look into DNS then', () => {
    expect(spec('CiliumNetworkPolicy', [seen(web, outside('192.0.2.1'), 443)], 'web')).toMatchObject({
      egress: [{ toPorts: [{ ports: dnsPorts }] }, { toCIDR: ['192.0.2.1/32'] }],
    })
  })

  it('joins names that stand for one address', () => {
    const flows = [
      seen(web, outside('192.0.2.1', 'a.example.com', 'b.example.com'), 443),
      seen(web, outside('192.0.2.2', 'b.example.com'), 443),
    ]
    const rules = made('CiliumNetworkPolicy', flows, 'web')?.egress ?? []
    expect(rules.flatMap(({ peers }) => peers.filter(({ type }) => type === 'names'))).toEqual([
      { type: 'names', names: ['a.example.com', 'b.example.com'] },
    ])
  })

  it('has entities for nodes and the API server, whose Service stands for its addresses', () => {
    const node = { type: 'node' as const, name: 'n2', addresses: ['10.9.0.2'] }
    expect(spec('CiliumNetworkPolicy', [seen(node, api, 80)], 'api')).toMatchObject({
      ingress: [{ fromEntities: ['host', 'remote-node'] }],
    })
    expect(spec('CiliumNetworkPolicy', [seen(web, outside('10.96.0.1'), 443)], 'web')).toMatchObject({
      egress: [{}, { toEntities: ['kube-apiserver'], toPorts: [{ ports: [{ port: '6443', protocol: 'TCP' }] }] }],
    })
  })

  it('takes no name that is none, since whoever answers DNS may send any text', () => {
    expect(spec('CiliumNetworkPolicy', [seen(web, outside('192.0.2.1', 'a b"\n', '*'), 443)], 'web')).toMatchObject({
      egress: [{}, { toCIDR: ['192.0.2.1/32'] }],
    })
  })

  it('parts long lists of ports', () => {
    const flows = Array.from({ length: 41 }, (_, i) => seen(web, api, 1000 + i))
    expect(suggest(flows, model, { format: 'CiliumNetworkPolicy' }).leftOut).toEqual([])
    const { ingress } = Object(spec('CiliumNetworkPolicy', flows, 'api'))
    expect(ingress[0].toPorts.map(({ ports }: { readonly ports: readonly unknown[] }) => ports.length)).toEqual([40, 1])
  })

  it('isolates with an empty rule where nothing is let in', () => {
    const flows = [seen(web, outside('192.0.2.1'), 443)]
    const [found] = suggest(flows, model, { format: 'CiliumNetworkPolicy' }).suggestions
    expect(found?.manifest.spec).toMatchObject({ ingress: [{}] })
  })
})

describe('NetworkPolicy of Calico', () => {
  it('has a rule for each protocol, kind of peer and family of addresses', () => {
    const flows = [
      seen(web, job, 80),
      seen(web, job, 53, { protocol: 'UDP' }),
      seen(web, outside('192.0.2.1'), 443),
      seen(web, outside('2001:db8::1'), 443),
    ]
    const there = { selector: "app == 'report'", namespaceSelector: "kubernetes.io/metadata.name == 'batch'" }
    expect(made('CalicoNetworkPolicy', flows, 'web')?.manifest).toMatchObject({
      apiVersion: 'projectcalico.org/v3',
      kind: 'NetworkPolicy',
      spec: {
        selector: "app == 'web'",
        types: ['Egress'],
        egress: [
          { protocol: 'TCP', destination: { selector: "k8s-app == 'kube-dns'", ports: [53] } },
          { protocol: 'UDP', destination: { selector: "k8s-app == 'kube-dns'", ports: [53] } },
          { action: 'Allow', protocol: 'TCP', destination: { nets: ['192.0.2.1/32'], ports: [443] } },
          { action: 'Allow', protocol: 'TCP', destination: { nets: ['2001:db8::1/128'], ports: [443] } },
          { action: 'Allow', protocol: 'TCP', destination: { ...there, ports: [80] } },
          { action: 'Allow', protocol: 'UDP', destination: { ...there, ports: [53] } },
        ],
      },
    })
  })

  it('says where it comes from and which port it goes to', () => {
    expect(spec('CalicoNetworkPolicy', [seen(web, api, 80)], 'api')).toEqual({
      selector: "app == 'api'",
      types: ['Ingress'],
      ingress: [
        { action: 'Allow', protocol: 'TCP', source: { selector: "app == 'web'" }, destination: { ports: [80] } },
      ],
    })
  })
})

describe('AuthorizationPolicy of Istio', () => {
  it('lets identities in', () => {
    const found = made('IstioAuthorizationPolicy', [seen(web, api, 80)], 'api')
    expect(found?.manifest).toMatchObject({
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      spec: {
        selector: { matchLabels: { app: 'api' } },
        action: 'ALLOW',
        rules: [
          {
            from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }],
            to: [{ operation: { ports: ['80'] } }],
          },
        ],
      },
    })
    expect(found?.egress).toBeNull()
  })

  it('has no words for who proves no identity, and none for UDP', () => {
    const flows = [seen(job, api, 80), seen(outside('192.0.2.1'), api, 80), seen(web, api, 53, { protocol: 'UDP' })]
    expect(leftOut('IstioAuthorizationPolicy', flows)).toEqual(['no-identity ingress'])
  })

  it('is not made for ports that pass the proxy by', () => {
    expect(leftOut('IstioAuthorizationPolicy', [seen(web, api, 15_021)])).toEqual(['not-judged ingress'])
  })
})

import { describe, expect, it } from 'vitest'
import type { ModelObject, Workload } from '../model'
import { app, day, dnsPods, evidence, labelledSpace, outside, seen, suggest } from './test-flows'
import { web, api, job, model, service, policyFor, lines, reasons, texts } from './test-suggesting'

describe('pitfalls', () => {
  it('ephemeral ports: a client’s port is never in a rule', () => {
    const back = { sourcePort: 8080 }
    expect(reasons([seen(api, web, 51_000, { ...back, reply: 'unknown' })])).toEqual(['ephemeral-port 10'])
    expect(reasons([seen(api, web, 51_000, back)])).toEqual(['ephemeral-port 10'])
    expect(reasons([seen(web, api, 51_000, { reply: 'unknown' })])).toEqual(['ephemeral-port 10'])
  })

  it('ephemeral ports: a high port that a Service sends to is a server’s', () => {
    const grpc = { name: '', protocol: 'TCP' as const, port: 50_051, targetPort: 50_051 }
    const services = [service('shop/api', { ports: [grpc] })]
    const flow = seen(web, api, 50_051, { reply: 'unknown', sourcePort: 40_000 })
    expect(lines(policyFor([flow], 'api', { ...model, services }), 'ingress')).toEqual([
      'shop {"app":"web"} > TCP 50051',
    ])
  })

  it('replies: never a rule, and a direction that nothing tells is left open', () => {
    expect(reasons([seen(api, web, 8080, { reply: 'yes' })])).toEqual(['reply 10'])
    expect(reasons([seen(web, job, 8081, { reply: 'unknown' })])).toEqual(['unknown-direction 10'])
    const told = seen(web, job, 8081, { reply: 'unknown', sourcePort: 44_000 })
    expect(lines(policyFor([told], 'report'), 'ingress')).toEqual(['shop {"app":"web"} > TCP 8081'])
  })

  it('short windows: how often and on how many days is with each rule, and few days are said', () => {
    const brief = { evidence: { ...evidence, last: 101 * day, days: 2 } }
    expect(texts(policyFor([seen(web, api, 8080, brief)], 'api'), 'short-window').join()).toMatch(
      /^Seen on 2 days only/,
    )
    expect(texts(policyFor([seen(web, api, 8080)], 'api'), 'short-window')).toEqual([])
  })

  it('DNS: egress isolation carries UDP and TCP to the port that the pods of the DNS listen on', () => {
    const dns = { name: 'dns', protocol: 'UDP' as const, port: 53, targetPort: 5353 }
    const services = [service('kube-system/kube-dns', { selector: { 'k8s-app': 'kube-dns' }, ports: [dns] })]
    const [rule] = policyFor([seen(web, api, 8080)], 'web', { ...model, services }).egress ?? []
    expect(rule).toMatchObject({
      purpose: 'dns',
      peers: [{ type: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }],
      ports: [
        { protocol: 'TCP', port: 5353 },
        { protocol: 'UDP', port: 5353 },
      ],
      evidence: null,
    })
  })

  it('DNS: the cache of the node is named by its address once it was seen', () => {
    const asked = seen(web, outside('169.254.20.10'), 53, { protocol: 'UDP' })
    const rules = policyFor([asked, seen(job, api, 8080)], 'report').egress ?? []
    expect(rules.filter(({ purpose }) => purpose === 'dns').flatMap(({ peers }) => peers)).toMatchObject([
      { type: 'addresses', cidr: '169.254.20.10/32' },
      { type: 'pods', labels: { 'k8s-app': 'kube-dns' } },
    ])
  })

  it('DNS: where its pods are not known their usual labels are taken, and that is said', () => {
    const found = policyFor([seen(web, api, 8080)], 'web', { workloads: [web, api] })
    expect(found.egress?.[0]?.peers).toMatchObject([{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }])
    expect(texts(found, 'dns-not-seen')).toHaveLength(1)
  })

  it('probes: what comes from the pod’s own node is no rule, and another node’s is not guessed', () => {
    const node = (name: string) => ({ type: 'node' as const, name, addresses: ['10.9.0.1'] })
    expect(reasons([seen(node('n1'), api, 8080)])).toEqual(['kubelet-probe 10'])
    expect(reasons([seen(node('n1'), job, 8080)])).toEqual(['node-unclear 10'])
    expect(reasons([seen(node('n2'), api, 8080)])).toEqual(['open 10'])
    const found = policyFor([seen(node('n1'), api, 8080), seen(web, api, 8080)], 'api')
    expect(texts(found, 'probes')).toHaveLength(1)
  })

  it('Service addresses: the pods behind it and the port that they listen on, by its name too', () => {
    const other = app('shop/api-canary', { labels: { app: 'api', track: 'canary' }, ips: ['10.0.0.9'] })
    const ports = [{ name: 'web', protocol: 'TCP' as const, port: 80, targetPort: 'http' }]
    const services = [service('shop/api', { clusterIps: ['10.96.0.7'], ports })]
    const parts = { workloads: [...(model.workloads ?? []), other], services }
    const found = policyFor([seen(web, outside('10.96.0.7'), 80)], 'web', parts)
    expect(lines(found, 'egress')).toEqual(['shop {"app":"api"} > TCP 8080'])
    expect(reasons([seen(web, outside('10.96.0.7'), 81)], { ...parts })).toEqual(['service-without-pods 10'])
  })

  it('Service addresses: that any pod behind it may have been met is said', () => {
    const ports = [{ name: '', protocol: 'TCP' as const, port: 80, targetPort: 8080 }]
    const behind = (...workloads: readonly Workload[]) => {
      const services = [service('shop/api', { selector: { app: 'api' }, ports })]
      const asked = seen(web, { type: 'service', namespace: 'shop', name: 'api' }, 80)
      return texts(policyFor([asked], 'web', { workloads: [web, dnsPods, ...workloads], services }), 'any-backend')
    }
    const canary = app('shop/api-canary', { labels: { app: 'api', track: 'canary' } })
    expect(behind(api)).toEqual([])
    expect(behind(api, canary)).toHaveLength(1)
  })

  it('outside addresses: each alone while they are few, else ranges that say how wide they are', () => {
    const few = [1, 2, 3].map((i) => seen(web, outside(`203.0.113.${i}`), 443))
    expect(lines(policyFor(few, 'web'), 'egress')).toEqual([
      '203.0.113.1/32 or 203.0.113.2/32 or 203.0.113.3/32 > TCP 443',
    ])
    const many = Array.from({ length: 12 }, (_, i) => seen(web, outside(`203.0.113.${i}`), 443))
    const found = policyFor(many, 'web', model, { mostRanges: 1 })
    expect(lines(found, 'egress')).toEqual(['203.0.113.0/28 > TCP 443'])
    expect(texts(found, 'wide-ranges')).toEqual(['203.0.113.0/28 has 16 addresses, of which 12 were seen.'])
  })

  it('load balancers: an address that was rewritten is not relied on', () => {
    const client = { ...outside('192.0.2.1'), rewritten: true }
    expect(reasons([seen(client, api, 8080)])).toEqual(['open 10'])
  })

  it('labels: the smallest lasting set, and whom it also selects', () => {
    const canary = app('shop/api-canary', { labels: { app: 'api', 'pod-template-hash': '77' } })
    const stable = { ...api, labels: { app: 'api', 'pod-template-hash': '66' } }
    const found = policyFor([seen(web, stable, 8080)], 'api', { workloads: [web, stable, canary, dnsPods] })
    expect(found.subject).toMatchObject({ labels: { app: 'api' }, alsoSelects: ['shop/api-canary[Deployment]'] })
    expect(texts(found, 'same-labels')).toEqual(['The labels also select shop/api-canary[Deployment].'])
  })

  it('labels: a pod without any that last does not isolate its whole namespace', () => {
    const bare = app('shop/bare', { labels: { 'controller-revision-hash': '1' } })
    const parts = { workloads: [web, bare, dnsPods] }
    expect(reasons([seen(web, bare, 80)], parts)).toEqual(['no-stable-label 10'])
    expect(lines(policyFor([seen(web, bare, 80)], 'web', parts), 'egress')).toEqual(['shop {} > TCP 80'])
  })

  it('already allowed: what a rule allows needs none, and what isolation would take away gets one', () => {
    const allowed: ModelObject = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'all', namespace: 'shop' },
      spec: { podSelector: {}, ingress: [{}] },
    }
    const flows = [seen(job, api, 8080)]
    const only = { namespaces: ['shop'] }
    expect(suggest(flows, { ...model, objects: [allowed] }, only)).toMatchObject({ suggestions: [], decided: 1 })
    const baseline: ModelObject = {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'base' },
      spec: {
        tier: 'Baseline',
        priority: 1,
        subject: { namespaces: {} },
        ingress: [
          { action: 'Accept', from: [{ namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'batch' } } }] },
        ],
      },
    }
    const parts = { ...model, objects: [baseline] }
    expect(suggest(flows, parts, only).suggestions).toEqual([])
    expect(lines(policyFor([...flows, seen(web, api, 9090)], 'api', parts, only), 'ingress')).toEqual([
      'batch {"app":"report"} > TCP 8080',
      'shop {"app":"web"} > TCP 9090',
    ])
  })

  it('dropped flows: never a rule, whether they were seen dropped or policies deny them', () => {
    expect(reasons([seen(web, api, 8080, { observed: 'dropped' })])).toEqual(['denied 10'])
    const closed: ModelObject = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'none', namespace: 'shop' },
      spec: { podSelector: { matchLabels: { app: 'api' } } },
    }
    const parts = { ...model, objects: [closed] }
    expect(reasons([seen(web, api, 8080)], parts)).toEqual(['denied-by-policy 10'])
    const found = policyFor([seen(web, api, 8080), seen(web, job, 80)], 'web', parts)
    expect(lines(found, 'egress')).toEqual(['batch {"app":"report"} > TCP 80'])
    expect(texts(found, 'denied')).toHaveLength(1)
  })

  it('partial visibility: an end that may not be seen widens nothing and is said', () => {
    const hidden = seen({ type: 'unknown', why: 'hidden' }, api, 8080)
    const found = policyFor([hidden, seen(web, api, 8080)], 'api')
    expect(lines(found, 'ingress')).toEqual(['shop {"app":"web"} > TCP 8080'])
    expect(texts(found, 'hidden-peers')).toEqual([
      'Connections that have an end that you may not see (10); they get no rule.',
    ])
  })

  it('protocols: TCP and UDP on one port stay apart, and what has no port is left out', () => {
    const udp = seen(web, outside('192.0.2.53'), 53, { protocol: 'UDP' })
    expect(lines(policyFor([udp], 'web'), 'egress')).toEqual(['192.0.2.53/32 > UDP 53'])
    expect(reasons([seen(web, api, null, { protocol: 'ICMP' })])).toEqual(['no-ports 10'])
    expect(reasons([seen(web, api, 'metrics')])).toEqual(['unknown-port 10'])
  })

  it('what is no address is in no range', () => {
    expect(reasons([seen(web, outside('nowhere'), 443)])).toEqual(['no-address 10'])
  })

  it('IPv6: an address is a range of one', () => {
    expect(lines(policyFor([seen(web, outside('2001:db8::7'), 443)], 'web'), 'egress')).toEqual([
      '2001:db8::7/128 > TCP 443',
    ])
  })

  it('pods on the network of their node: no policy selects them', () => {
    const agent = app('shop/agent', { hostNetwork: true, ips: ['10.9.0.1'] })
    const parts = { workloads: [web, agent, dnsPods], namespaces: ['shop', 'kube-system'].map(labelledSpace) }
    expect(reasons([seen(web, agent, 9100)], parts)).toEqual(['host-network 10', 'open 10'])
  })
})

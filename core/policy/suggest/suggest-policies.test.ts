import { describe, expect, it } from 'vitest'
import type { ModelObject } from '../model'
import { manifests, seen, suggest } from './test-flows'
import { web, api, job, model, policyFor, lines } from './test-suggesting'

describe('a suggestion', () => {
  it('isolates both ends and lets in and out what was seen', () => {
    const flows = [seen(web, api, 8080), seen(job, api, 8080), seen(job, api, 9090)]
    expect(lines(policyFor(flows, 'api'), 'ingress')).toEqual([
      'shop {"app":"web"} > TCP 8080',
      'batch {"app":"report"} > TCP 8080, TCP 9090',
    ])
    expect(lines(policyFor(flows, 'web'), 'egress')).toEqual(['shop {"app":"api"} > TCP 8080'])
    expect(policyFor(flows, 'web').ingress).toEqual([])
  })

  it('is a NetworkPolicy with a name of the workload', () => {
    const [, policy] = manifests(suggest([seen(web, api, 8080)], model, { isolate: 'seen' }))
    expect(policy).toMatchObject({ kind: 'NetworkPolicy', metadata: { name: 'web-traffic', namespace: 'shop' } })
    const [ingressOnly] = manifests(suggest([seen(job, api, 8080)], model, { isolate: 'seen', namespaces: ['shop'] }))
    expect(ingressOnly).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'api-traffic', namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: 'api' } },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'batch' } },
                podSelector: { matchLabels: { app: 'report' } },
              },
            ],
            ports: [{ protocol: 'TCP', port: 8080 }],
          },
        ],
      },
    })
  })

  it('takes a name that no policy of the namespace has', () => {
    const objects: readonly ModelObject[] = [
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'web-traffic', namespace: 'shop' },
        spec: { podSelector: { matchLabels: { app: 'none' } } },
      },
    ]
    const found = policyFor([seen(web, api, 8080)], 'web', { ...model, objects })
    expect(found.manifest.metadata).toEqual({ name: 'web-traffic-2', namespace: 'shop' })
  })

  it('can be about a namespace as a whole', () => {
    const [only, ...more] = suggest([seen(web, api, 8080), seen(job, web, 80)], model, {
      per: 'namespace',
      namespaces: ['shop'],
    }).suggestions
    expect(more).toEqual([])
    expect(only?.subject).toEqual({
      namespace: 'shop',
      labels: {},
      workloads: ['shop/api[Deployment]', 'shop/web[Deployment]'],
      alsoSelects: [],
    })
    expect(only && lines(only, 'ingress')).toEqual(['batch {"app":"report"} > TCP 80', 'shop {"app":"web"} > TCP 8080'])
  })

  it('adds up what was seen of a rule', () => {
    const flows = [
      seen(web, api, 8080, { evidence: { count: 2, first: 5, last: 9, days: 1 } }),
      seen(web, api, 8080, { evidence: { count: 3, first: 2, last: 7, days: 2 } }),
    ]
    const [rule] = policyFor(flows, 'api').ingress ?? []
    expect(rule?.evidence).toEqual({ count: 5, first: 2, last: 9, days: 2 })
  })
})

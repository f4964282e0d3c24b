import { describe, expect, it } from 'vitest'
import { workload as controller } from '../inventory/inventory-samples'
import { buildWorkloads } from './build-workloads'
import { workloadName } from './model'
import { groundPods as pods } from './test-ground-pods'

const template = (hash: string) => ({ app: 'web', 'pod-template-hash': hash })
const names = (list: ReturnType<typeof buildWorkloads>) => list.map(workloadName)

describe('workloads out of pods', () => {
  it('are one where only a roll-out or a number tells their pods apart', () => {
    const rolled = [
      pods('web', { labels: template('a') }),
      pods('web', { labels: template('b'), ips: ['10.0.0.2'], nodes: ['n2'] }),
    ]
    expect(buildWorkloads(rolled, [], '')).toMatchObject([
      {
        name: 'web',
        labels: { app: 'web' },
        ips: ['10.0.0.1', '10.0.0.2'],
        nodes: ['n1', 'n2'],
        serviceAccount: 'default',
      },
    ])
  })

  it('are several where a policy names the label that tells their pods apart', () => {
    const rolled = [pods('web', { labels: template('a') }), pods('web', { labels: template('b') })]
    expect(buildWorkloads(rolled, [], '{"pod-template-hash":"a"}')).toHaveLength(2)
  })

  it.each([
    ['none', null],
    ['sidecar', 'istio'],
    ['ambient', 'istio'],
    ['linkerd', 'linkerd'],
    [null, 'unknown'],
  ] as const)('have the mesh of their proxy: %s', (proxy, mesh) => {
    expect(buildWorkloads([pods('web', { proxy })], [], '')[0]?.mesh).toBe(mesh)
  })

  it('keep ports with names, and those that lead past the proxy as the annotation that says so', () => {
    const ports = [
      { name: 'http', port: 80, protocol: 'TCP' },
      { name: '', port: 81, protocol: 'TCP' },
    ]
    const [web] = buildWorkloads([pods('web', { ports, proxy: 'linkerd', skipsIn: [25, 26] })], [], '')
    expect(web?.ports).toEqual([{ name: 'http', protocol: 'TCP', port: 80 }])
    expect(web?.annotations).toEqual({ 'config.linkerd.io/skip-inbound-ports': '25,26' })
  })

  it('are there for what has run and for controllers without pods, without addresses', () => {
    const done = pods('report', { kind: 'CronJob', done: true })
    const idle = controller('Deployment', 'idle', { podLabels: { app: 'idle' } })
    const found = buildWorkloads([done, pods('web')], [idle, controller('Deployment', 'web')], '')
    expect(names(found)).toEqual(['shop/idle[Deployment]', 'shop/report[CronJob]', 'shop/web[Deployment]'])
    expect(found.map(({ ips }) => ips.length)).toEqual([0, 0, 1])
  })

  it('leave out what has run where others of it run', () => {
    const found = buildWorkloads([pods('web', { done: true, labels: { app: 'old' } }), pods('web')], [], '')
    expect(found.map(({ labels }) => labels)).toEqual([{ app: 'web' }])
  })
})

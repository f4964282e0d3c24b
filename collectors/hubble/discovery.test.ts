import { describe, expect, it } from 'vitest'
import { createHubble } from './source'
import { limits, timings } from './test-reading'

describe('discovery', () => {
  const services = (port: number, namespace = 'kube-system') => ({
    cluster: 'c1',
    services: () => [{ namespace, name: 'hubble-relay', ports: [{ name: '', port }] }],
    pods: () => [],
    nodes: () => [],
  })
  const source = createHubble(timings, limits)

  it.each([
    [80, 'kube-system', [{ address: 'hubble-relay.kube-system.svc:80', tls: undefined }]],
    [443, 'kube-system', [{ address: 'hubble-relay.kube-system.svc:443', tls: { insecureSkipVerify: false } }]],
    [80, 'elsewhere', []],
  ])('port %i in %s', (port, namespace, expected) => {
    const found = source.discover(services(port, namespace)).map(({ address, tls }) => ({ address, tls }))
    expect(found).toEqual(expected)
  })
})

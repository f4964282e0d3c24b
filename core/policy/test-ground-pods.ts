import type { GroundPods } from './ground-pods'

/** Pods of a Deployment `shop/name` for tests. */
export const groundPods = (name: string, more: Partial<GroundPods> = {}): GroundPods => ({
  namespace: 'shop',
  kind: 'Deployment',
  name,
  labels: { app: name },
  annotations: {},
  serviceAccount: '',
  ports: [],
  hostNetwork: false,
  proxy: 'none',
  skipsIn: [],
  ips: ['10.0.0.1'],
  nodes: ['n1'],
  done: false,
  placedAt: 0,
  ...more,
})

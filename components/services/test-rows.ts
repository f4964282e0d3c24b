import type { ServiceRow } from '@/core/services/service-row'

/** A row of the services table for tests. */
export const serviceRow = (name: string, part: Partial<ServiceRow> = {}): ServiceRow => ({
  id: `eu/shop/Deployment/${name}`,
  type: 'workload',
  cluster: 'eu',
  namespace: 'shop',
  kind: 'Deployment',
  name,
  health: 'healthy',
  why: '',
  pods: 1,
  services: [],
  figures: null,
  previous: null,
  differences: [],
  policies: null,
  encrypted: null,
  team: null,
  requestSpark: [],
  errorSpark: [],
  p95Spark: [],
  callers: 0,
  callees: 0,
  ...part,
})

import { families, type Family } from '../figures/family'

const familyNames: Readonly<Record<Family, string>> = {
  hubble: 'Hubble',
  goldmane: 'Goldmane',
  felix: 'Felix metrics',
  obi: 'OBI metrics',
  istio: 'Istio metrics',
  linkerd: 'Linkerd metrics',
  als: 'Envoy access logs',
  envoy: 'Envoy metrics',
  otlp: 'Traces',
  servicegraph: 'Service graph metrics',
}

const typeNames: Readonly<Record<string, string>> = {
  'goldmane-node': 'Felix',
  prometheus: 'Prometheus',
  scrape: 'Pod metrics',
}

/** A source or its label (`hubble`, `prometheus:istio`) as people call it. */
export function sourceName(label: string): string {
  if (label === '') return 'A source'
  const [, type = '', name = ''] = /^([a-z0-9-]+)(?::([a-z0-9]+))?/.exec(label) ?? []
  const family = name || type
  if (Object.hasOwn(families, family)) return familyNames[family as Family]
  if (Object.hasOwn(typeNames, type)) return typeNames[type] ?? type
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}`
}

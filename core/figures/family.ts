/**
 * Kinds of telemetry by where they see traffic. `flows`: the network (packets, connections);
 * `proxies`: Envoy or Linkerd proxies beside the workloads; `spans`: the workloads themselves.
 */
export const views = ['flows', 'proxies', 'spans'] as const
export type View = (typeof views)[number]

/** Every telemetry that Oriel reads, and where it sees traffic. */
export const families = {
  hubble: 'flows',
  goldmane: 'flows',
  felix: 'flows',
  obi: 'flows',
  istio: 'proxies',
  linkerd: 'proxies',
  als: 'proxies',
  envoy: 'proxies',
  otlp: 'spans',
  servicegraph: 'spans',
} as const satisfies Readonly<Record<string, View>>

export type Family = keyof typeof families

/**
 * What a bucket row names as its source: the family, with the transport before it where the transport
 * is a source of its own (`prometheus:istio`), so that one family read in two ways is two witnesses.
 */
export const sourceLabel = (type: string, family: Family | undefined): string =>
  family === undefined || family === type ? type : `${type}:${family}`

/** The family of a source label, whatever follows its name; null for a source that is none of these. */
export function familyOf(label: string): Family | null {
  const [, name = ''] = /^(?:[a-z0-9-]+:)?([a-z0-9]+)/.exec(label) ?? []
  return Object.hasOwn(families, name) ? (name as Family) : null
}

/** Where a source sees traffic, by its label; null where it is not known. */
export const viewOf = (label: string): View | null => {
  const family = familyOf(label)
  return family && families[family]
}

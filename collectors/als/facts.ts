import type { Proxy } from './proxy'

export type Facts = Readonly<Record<string, string | number>>

/** Entries read since the start, final ones by kind. */
export type EntryCounts = { http: number; tcp: number; intermediate: number }

/** What is known of the senders, in the words of the Sources page. */
export function factsOf(proxies: Iterable<Proxy>, streams: number, entries: EntryCounts): Facts {
  const envoy = new Map<string, number>()
  const istio = new Map<string, number>()
  let connected = 0
  for (const proxy of proxies) {
    connected++
    countIn(envoy, proxy.envoy)
    countIn(istio, proxy.istio)
  }
  return {
    'proxies connected': connected,
    streams,
    ...(envoy.size > 0 && { 'Envoy versions': listOf(envoy) }),
    ...(istio.size > 0 && { 'Istio versions': listOf(istio) }),
    'HTTP entries': entries.http,
    'TCP entries': entries.tcp,
    ...(entries.intermediate > 0 && { 'entries of connections that go on': entries.intermediate }),
  }
}

const maxVersions = 100
const shown = 5

function countIn(counts: Map<string, number>, version: string): void {
  if (version && (counts.has(version) || counts.size < maxVersions)) counts.set(version, (counts.get(version) ?? 0) + 1)
}

/** The most frequent ones: `1.35.3 (12), 1.34.0 (1)`. */
const listOf = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, shown)
    .map(([version, n]) => `${version} (${n})`)
    .join(', ')

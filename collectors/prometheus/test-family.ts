import type { MetricFamily } from './family'

/** For tests: a family of one counter, one gauge and one histogram; `from`, `to` and `code` are its labels. */
export const testFamily: MetricFamily = {
  id: 'istio',
  counters: ['test_requests_total'],
  gauges: ['test_open'],
  histograms: ['test_latency_ms'],
  matchers: '{kept="yes"}',
  scrapeOf: (pod) =>
    pod.labels.app === 'proxy' ? { port: pod.ports[0]?.port ?? 15020, path: '/stats/prometheus' } : null,
  create({ cluster }) {
    return {
      read: (samples, histograms, target) => [
        ...samples
          .filter(({ metric }) => metric === 'test_requests_total')
          .map(({ labels, value, from, to, key }) => ({
            ...observation(cluster, labels.from ?? '', target?.pod ?? labels.to ?? '', from, to, key),
            requests: value,
            responses: value,
          })),
        ...histograms.map(({ labels, count, from, to, key }) => ({
          ...observation(cluster, labels.from ?? '', target?.pod ?? labels.to ?? '', from, to, key),
          requests: 0,
          responses: count,
        })),
      ],
      facts: () => ({ version: '1.0' }),
    }
  },
}

const observation = (cluster: string, from: string, to: string, time: number, until: number, key: bigint) =>
  ({
    type: 'request',
    time,
    spanMs: until - time,
    family: 'istio',
    key,
    cluster,
    reporter: 'destination',
    from: { workload: { kind: 'Workload', name: from } },
    to: { workload: { kind: 'Workload', name: to } },
    fromIp: '',
    toIp: '',
    port: 80,
    protocol: 'tcp',
    verdict: 'allowed',
    reason: '',
    encryption: 'unknown',
    counts: true,
    l7: 'http',
    clientErrors: 0,
    serverErrors: 0,
  }) as const

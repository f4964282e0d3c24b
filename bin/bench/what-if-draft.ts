import { edgeVerdict } from '@/core/policy/index/replay'
import type { PolicyGround } from '@/core/policy/ground'
import type { Model } from '@/core/policy/model'
import type { PolicyChange } from '@/core/policy/policy-change'
import { prepareGround, type PreparedGround, whatIf } from '@/core/policy/what-if'
import { runTests } from '@/core/policy/what-if/decide-draft'
import { lintChange } from '@/core/policy/what-if/lint-change'
import type { Bench, Measure } from './bench'
import { clusterOf, edgesOf, workloadPolicy } from './policy.cluster'

const edges = 20_000
const runs = 7

/** What the worker does behind each keystroke of a draft: effects, possible connections, lock-outs, selections. */
export const bench: Bench = {
  name: 'what-if-draft',
  title: `A draft while it is typed: as many policies as workloads, ${edges.toLocaleString('en-US')} recorded edges`,
  run: async () => [500, 2000].flatMap(measureSize),
}

function measureSize(size: number): readonly Measure[] {
  const ground = groundOf(size)
  const spaces = ground.model.namespaces.length
  let prepared: PreparedGround = prepareGround(ground)
  const first = median(() => {
    prepared = prepareGround(structuredClone(ground))
    return whatIf(prepared, [])
  }, 3)
  const index = prepared.indexer('left-out').change(prepared.compiled('left-out')).change.before
  const anew = median(() => ground.edges.map((_, i) => verdictOf(index, ground, i)), 3)
  const keystroke = median((run) => whatIf(prepared, [typed(run, spaces)]))
  const ranged = median((run) => whatIf(prepared, [withRange(run, spaces)]))
  const whole = median((run) => whatIf(prepared, [namespaceDeny(run)]))
  const cluster = median((run) => whatIf(prepared, [clusterWide(run)]))
  const tests = median((run) =>
    runTests(
      prepared,
      [typed(run, spaces)],
      [{ from: 'ns-1/app-1', to: 'ns-0/app-0', protocol: 'TCP', port: 8000, expect: 'allowed' }],
    ),
  )
  const lint = median((run) => lintChange(prepared, [typed(run, spaces)]), 3)
  const at = (what: string) => `${size.toLocaleString('en-US')}: ${what}`
  const bar = (met: boolean) => (size === 2000 ? { bar: { text: '≤ 200 ms', met } } : {})
  return [
    { what: at('first answer on a ground'), value: first, unit: 'ms' },
    {
      what: at('keystroke in the policy of one workload'),
      value: keystroke,
      unit: 'ms',
      baseline: { what: 'every edge judged once', value: anew },
      ...bar(keystroke <= 200),
    },
    { what: at('keystroke in an address range'), value: ranged, unit: 'ms', ...bar(ranged <= 200) },
    { what: at('a namespace of 40 is isolated'), value: whole, unit: 'ms', ...bar(whole <= 200) },
    { what: at('every workload is concerned'), value: cluster, unit: 'ms' },
    { what: at('one test of a draft'), value: tests, unit: 'ms', ...bar(tests <= 200) },
    { what: at('findings of the lint, after a pause'), value: lint, unit: 'ms' },
  ]
}

function verdictOf(index: Parameters<typeof edgeVerdict>[0], ground: PolicyGround, i: number) {
  const { from, to, protocol, port } = ground.edges[i] ?? {}
  if (from?.type !== 'workload' || to?.type !== 'workload' || !protocol || !port) return null
  return edgeVerdict(index, { from: from.workload, to: to.workload, protocol, port })
}

function groundOf(size: number): PolicyGround {
  return {
    cluster: 'bench',
    at: 0,
    period: { from: 0, to: 1 },
    profile: 'cilium',
    model: withNodes(clusterOf(size)),
    records: [],
    edges: edgesOf(size, edges).map(({ from, to, protocol, port }, i) => ({
      id: `${from}|${to}|${port}|${protocol}`,
      from: { type: 'workload', workload: from },
      to: { type: 'workload', workload: to },
      protocol,
      port,
      allowed: i,
      denied: 0,
      evidence: { count: i, first: 0, last: 1, days: 1 },
      lastAllowed: 1,
      lastDenied: null,
      witness: 'bench',
    })),
    unread: [],
    hidesNamespaces: false,
    lastChange: null,
  }
}

/** A node for 40 workloads, whose probes are looked at. */
function withNodes(model: Model): Model {
  const nodes = Array.from({ length: Math.ceil(model.workloads.length / 40) }, (_, i) => ({
    name: `node-${i}`,
    labels: {},
    addresses: [`10.200.${i >> 8}.${i & 255}`],
  }))
  const nodeOf = (i: number) => nodes[i % nodes.length]?.name ?? ''
  return { ...model, nodes, workloads: model.workloads.map((one, i) => ({ ...one, nodes: [nodeOf(i)] })) }
}

const put = (object: Extract<PolicyChange, { change: 'put' }>['object']): PolicyChange => ({ change: 'put', object })

/** Each run is another state of the text. */
const typed = (run: number, spaces: number): PolicyChange =>
  put(workloadPolicy(0, spaces, [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8000 + run }] }]))

const withRange = (run: number, spaces: number): PolicyChange =>
  put(workloadPolicy(0, spaces, [{ from: [{ ipBlock: { cidr: `203.0.${run}.0/24` } }] }]))

const namespaceDeny = (run: number): PolicyChange =>
  put({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'draft', namespace: `ns-${2 * run + 1}` },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  })

const clusterWide = (run: number): PolicyChange =>
  put({
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'draft' },
    spec: {
      tier: 'Admin',
      priority: 900,
      subject: { namespaces: {} },
      ingress: [
        {
          action: 'Deny',
          from: [{ namespaces: { matchLabels: { team: 'team-1' } } }],
          protocols: [{ tcp: { destinationPort: { number: 7000 + run } } }],
        },
      ],
    },
  })

/** Processor time rather than wall time: other work on the machine must not count. */
function median(work: (run: number) => unknown, times = runs): number {
  const taken = Array.from({ length: times }, (_, run) => {
    const start = process.cpuUsage()
    work(run)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }).sort((a, b) => a - b)
  return taken[Math.floor(times / 2)] ?? 0
}

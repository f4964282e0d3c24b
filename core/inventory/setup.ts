import type { SourceState } from '../world'

/** What of a cluster says which network, mesh and monitoring it has. */
export type SetupObject = {
  readonly cluster: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

export type SetupSource = {
  readonly type: string
  readonly cluster: string
  readonly state: SourceState
  readonly message: string
  readonly lastEventAt: number | null
}

/** A kind of Kubernetes objects as it is read; `idle` where the API server has none of it. */
export type SetupKind = {
  readonly cluster: string
  readonly kind: string
  readonly state: SourceState
  readonly message: string
}

/** `done`: true now. `waiting`: set up, nothing came yet. `failed`: set up and not working. `todo`: to be done by somebody. */
export type SetupState = 'done' | 'waiting' | 'failed' | 'todo'

export type SetupStep = {
  readonly id: string
  readonly title: string
  readonly state: SetupState
  /** Why, or what is known. */
  readonly text: string
  /** What to type; null where nothing is to be typed. */
  readonly command: string | null
}

export type ClusterSetup = {
  readonly cluster: string
  /** What was found in it: `Cilium`, `Istio`. */
  readonly found: readonly string[]
  readonly steps: readonly SetupStep[]
}

/** Names by which networks, meshes and monitoring give themselves away; the query and the rules share them. */
export const tellingNames = [
  'cilium',
  'hubble-relay',
  'calico-node',
  'goldmane',
  'istiod',
  'ztunnel',
  'linkerd-destination',
] as const

/** How to connect what each cluster has, in the order in which it is to be done. One entry of no name where no Kubernetes API is read. */
export function setupOf(
  objects: readonly SetupObject[],
  sources: readonly SetupSource[],
  kinds: readonly SetupKind[],
): readonly ClusterSetup[] {
  const clusters = [...new Set(kinds.map(({ cluster }) => cluster))].sort()
  return (clusters.length > 0 ? clusters : ['']).map((cluster) => {
    const own = objects.filter((object) => object.cluster === cluster)
    const mine = sources.filter((source) => source.cluster === cluster || source.cluster === '' || cluster === '')
    const read = kinds.filter((kind) => kind.cluster === cluster)
    return clusterSetup(cluster, own, mine, kubernetesStep(cluster, read))
  })
}

function clusterSetup(
  cluster: string,
  objects: readonly SetupObject[],
  sources: readonly SetupSource[],
  kubernetes: SetupStep,
): ClusterSetup {
  const has = (name: string, kind?: string) =>
    objects.find((object) => object.name === name && (kind === undefined || object.kind === kind))
  const prometheus = objects.find(({ kind, name }) => kind === 'Service' && isPrometheus(name)) ?? null
  const steps: SetupStep[] = [kubernetes]
  const found: string[] = []
  if (has('cilium', 'DaemonSet')) {
    found.push('Cilium')
    steps.push(...hubbleSteps(has('hubble-relay', 'Service') ?? null, sources))
  }
  if (has('calico-node', 'DaemonSet')) {
    found.push('Calico')
    steps.push(...goldmaneSteps(has('goldmane', 'Service') !== undefined, sources))
  }
  const mesh = has('istiod') ? 'Istio' : has('linkerd-destination') ? 'Linkerd' : null
  if (mesh) {
    found.push(mesh)
    steps.push(prometheusStep(mesh, prometheus, sources))
  } else if (prometheus) found.push('Prometheus')
  if (steps.length === 1) steps.push(anySource(cluster, sources, kubernetes.state === 'done'))
  steps.push(firstTraffic(sources))
  return { cluster, found, steps }
}

/** Kinds without which neither names nor what a cluster has are known. */
const needed: ReadonlySet<string> = new Set(['Namespace', 'Pod', 'Service', 'Deployment', 'DaemonSet'])

function kubernetesStep(cluster: string, kinds: readonly SetupKind[]): SetupStep {
  const step = { id: 'kubernetes', title: 'Read the Kubernetes API', command: null }
  if (!cluster)
    return {
      ...step,
      state: 'todo',
      text: 'It names workloads and tells Oriel what this cluster has. Reading rights are enough.',
      command: 'npm start -- --kubeconfig ~/.kube/config',
    }
  const unread = kinds.filter(({ state }) => state === 'failed' || state === 'retrying' || state === 'stopped')
  const worst = unread.find(({ kind }) => needed.has(kind))
  if (worst) {
    const why = worst.message || 'Nothing reads it: the collector does not run.'
    return { ...step, state: 'failed', text: `${listed(unread)} cannot be read. ${why}` }
  }
  if (kinds.some(({ kind, state }) => needed.has(kind) && state === 'starting'))
    return { ...step, state: 'waiting', text: 'Reading what is there.' }
  const without = unread.length > 0 ? `; ${listed(unread)} cannot be read, Sources says why` : ''
  return { ...step, state: 'done', text: `Oriel knows the workloads of ${cluster}${without}.` }
}

/** `Pod, Service and 9 more kinds`: those that matter most first. */
function listed(kinds: readonly SetupKind[]): string {
  const names = kinds.map(({ kind }) => kind).sort((a, b) => Number(needed.has(b)) - Number(needed.has(a)))
  const [first = '', second, ...more] = names
  if (second === undefined) return first
  if (more.length === 0) return `${first} and ${second}`
  return `${first}, ${second} and ${more.length} more ${more.length === 1 ? 'kind' : 'kinds'}`
}

const isPrometheus = (name: string) =>
  /^(prometheus(-server|-operated|-k8s)?|kube-prometheus-stack-prometheus)$/.test(name)

function hubbleSteps(relay: SetupObject | null, sources: readonly SetupSource[]): SetupStep[] {
  const runs = relay !== null || speaks('hubble', sources)
  const enable: SetupStep = {
    id: 'relay',
    title: 'Turn on Hubble Relay',
    state: runs ? 'done' : 'todo',
    text: runs ? 'It runs.' : 'Cilium is here without it. Relay gathers the flows of all nodes.',
    command: runs ? null : 'cilium hubble enable\nkubectl -n kube-system rollout status deployment/hubble-relay',
  }
  const namespace = relay?.namespace ?? 'kube-system'
  return [
    enable,
    sourceStep('hubble', 'Connect Hubble', 'Every flow of the network with its verdict.', sources, [
      `kubectl -n ${namespace} port-forward service/hubble-relay 4245:80 &`,
      'npm start -- --kubeconfig ~/.kube/config --hubble localhost:4245',
    ]),
  ]
}

function goldmaneSteps(seen: boolean, sources: readonly SetupSource[]): SetupStep[] {
  const there = seen || speaks('goldmane', sources)
  return [
    {
      id: 'goldmane',
      title: 'Turn on Goldmane',
      state: there ? 'done' : 'todo',
      text: there ? 'It runs.' : 'Calico is here without it. It needs Calico 3.30 or later and the operator.',
      command: there
        ? null
        : `kubectl apply -f - <<EOF
apiVersion: operator.tigera.io/v1
kind: Goldmane
metadata: { name: default }
EOF`,
    },
    sourceStep(
      'goldmane',
      'Connect Goldmane',
      'Connections, bytes and verdicts. It asks for a client certificate; Sources says how to get one.',
      sources,
      [
        'kubectl -n calico-system port-forward service/goldmane 7443:7443 &',
        'npm start -- --kubeconfig ~/.kube/config --config oriel.yaml',
      ],
    ),
  ]
}

function prometheusStep(mesh: string, prometheus: SetupObject | null, sources: readonly SetupSource[]): SetupStep {
  const tells = `Requests, errors, latency and mTLS as ${mesh}’s proxies count them.`
  if (prometheus)
    return sourceStep('prometheus', `Connect Prometheus for ${mesh}`, tells, sources, [
      `kubectl -n ${prometheus.namespace} port-forward service/${prometheus.name} 9090:${prometheus.name === 'prometheus-server' ? 80 : 9090} &`,
      'npm start -- --kubeconfig ~/.kube/config --prometheus http://localhost:9090',
    ])
  const scraped = sources.some(({ type }) => type === 'scrape')
  return sourceStep(
    scraped ? 'scrape' : 'prometheus',
    `Read ${mesh}’s metrics`,
    `${tells} There is no Prometheus here: name one that lies elsewhere, or let Oriel scrape the proxies itself, in the cluster.`,
    sources,
    ['kubectl apply -f deploy/kubernetes.yaml   # with “sources: [{ type: scrape }]”'],
  )
}

function anySource(cluster: string, sources: readonly SetupSource[], isRead: boolean): SetupStep {
  const best = sources.find(({ state }) => isWell(state)) ?? sources[0]
  if (best) return sourceStep(best.type, 'Connect a source', '', sources, [])
  return {
    id: 'source',
    title: 'Connect a source of traffic',
    state: 'todo',
    text: !cluster
      ? 'Cilium Hubble, Calico Goldmane, Prometheus, Envoy access logs or OpenTelemetry. Traces work in any cluster.'
      : isRead
        ? 'Neither Cilium, Calico, Istio nor Linkerd was found. Applications with OpenTelemetry can send their traces; Sources lists all ways.'
        : `What ${cluster} has is not known yet. Applications with OpenTelemetry can send their traces; Sources lists all ways.`,
    command: 'npm start -- --kubeconfig ~/.kube/config --otlp localhost:4317 localhost:4318',
  }
}

function sourceStep(
  type: string,
  title: string,
  tells: string,
  sources: readonly SetupSource[],
  command: readonly string[],
): SetupStep {
  const own = sources.filter((source) => source.type === type || source.type.startsWith(`${type}-`))
  const best = own.find(({ state }) => isWell(state)) ?? own[0]
  const written = command.length > 0 ? command.join('\n') : null
  const step = { id: `source ${type}`, title }
  if (!best) return { ...step, state: 'todo', text: tells, command: written }
  if (isWell(best.state)) return { ...step, state: 'done', text: 'Connected.', command: null }
  if (best.state === 'starting') return { ...step, state: 'waiting', text: 'Connecting.', command: null }
  return { ...step, state: 'failed', text: best.message || 'It cannot be reached.', command: written }
}

/** What answers is there, whatever the inventory may read of it. */
const speaks = (type: string, sources: readonly SetupSource[]) =>
  sources.some((source) => source.type === type && isWell(source.state))

const isWell = (state: SourceState) => state === 'running' || state === 'idle'

function firstTraffic(sources: readonly SetupSource[]): SetupStep {
  const came = sources.some(({ lastEventAt }) => lastEventAt !== null)
  const connected = sources.some(({ state }) => isWell(state))
  return {
    id: 'traffic',
    title: 'See the first traffic',
    state: came ? 'done' : connected ? 'waiting' : 'todo',
    text: came
      ? 'It came.'
      : connected
        ? 'Connected; nothing was told yet. The map fills by itself.'
        : 'This page sees by itself when a step is done.',
    command: null,
  }
}

import type { LabelPick, LabelTerm, NamespacePick, Peer, PortChoice, RuleAction, Several, Side } from './visual'

const namespaceName = 'kubernetes.io/metadata.name'

/** A condition as people write it: `app in (identity, profiles)`, `app=web`, `!canary`. */
export function termText({ key, op, values }: LabelTerm): string {
  if (op === 'has') return key
  if (op === 'lacks') return `!${key}`
  const [first] = values
  if (values.length === 1) return `${key}${op === 'in' ? '=' : '!='}${first}`
  return `${key} ${op === 'in' ? 'in' : 'not in'} (${values.join(', ')})`
}

/** Conditions as chips; none: nothing is asked. */
export const labelTexts = (pick: LabelPick): readonly string[] =>
  'expression' in pick ? [pick.expression] : pick.terms.map(termText)

/** The same of namespaces; one that is asked for by its name is told by it. */
export function namespaceTexts(pick: NamespacePick): readonly string[] {
  switch (pick.pick) {
    case 'own':
      return []
    case 'all':
      return ['every namespace']
    case 'named':
      return pick.names.map((name) => `ns: ${name}`)
    case 'labels':
      return 'expression' in pick.labels
        ? [`ns: ${pick.labels.expression}`]
        : pick.labels.terms.length === 0
          ? ['every namespace']
          : pick.labels.terms.map((term) =>
              term.key === namespaceName && term.op === 'in'
                ? `ns: ${term.values.join(', ')}`
                : `ns: ${termText(term)}`,
            )
  }
}

/** Conditions of an other end as chips. */
export function peerTexts(peer: Peer): readonly string[] {
  switch (peer.is) {
    case 'pods':
      return [...namespaceTexts(peer.namespaces), ...labelTexts(peer.pods)]
    case 'range':
      return [...peer.cidrs, ...peer.except.map((cidr) => `not ${cidr}`)]
    case 'entity':
      return [peer.name]
    case 'domain':
      return peer.names
    case 'account':
      return peer.accounts.map(({ namespace, name }) => `sa: ${namespace === null ? '' : `${namespace}/`}${name}`)
    case 'principal':
      return peer.principals
    case 'namespaces':
      return peer.names.map((name) => `ns: ${name}`)
    case 'nodes':
      return ['nodes', ...labelTexts(peer.labels)]
    case 'network-set':
      return [`set: ${peer.name}`]
    case 'service':
      return [`service: ${peer.namespace}/${peer.name}`]
    case 'other':
      return [peer.yaml]
  }
}

/** Whom an other end is, where its conditions have no workload to name it by. */
export function peerTitle(peer: Peer): string {
  switch (peer.is) {
    case 'pods': {
      const own = peer.namespaces.pick === 'own'
      const all = !('expression' in peer.pods) && peer.pods.terms.length === 0
      if (!all) return 'Pods with labels'
      return own ? 'Everybody in this namespace' : peer.namespaces.pick === 'all' ? 'Every pod' : 'Whole namespaces'
    }
    case 'range':
      return peer.cidrs.length === 1 ? 'A range of addresses' : 'Ranges of addresses'
    case 'entity':
      return entityTitles[peer.name] ?? 'An entity of Cilium'
    case 'domain':
      return 'Names in DNS'
    case 'account':
      return 'Service accounts'
    case 'principal':
      return 'Identities of the mesh'
    case 'namespaces':
      return 'Namespaces'
    case 'nodes':
      return 'Nodes'
    case 'network-set':
      return 'A set of ranges'
    case 'service':
      return 'A service'
    case 'other':
      return 'Written in YAML only'
  }
}

const entityTitles: Readonly<Record<string, string>> = {
  world: 'Everything outside the cluster',
  all: 'Everybody',
  cluster: 'Everything in the cluster',
  host: 'Its own node',
  'remote-node': 'Other nodes',
  'kube-apiserver': 'The API server',
  ingress: 'The ingress of Cilium',
  health: 'Health checks of Cilium',
}

/** `TCP 5432`, `TCP 8000-8080`, `UDP http`, `every port`. */
export function portText({ protocol, port }: PortChoice): string {
  const name = protocol === 'any' ? '' : protocol
  if (port === 'any') return name === '' ? 'every port' : `every ${name} port`
  const number = 'name' in port ? port.name : port.from === port.to ? String(port.from) : `${port.from}-${port.to}`
  return name === '' ? `port ${number}` : `${name} ${number}`
}

export const portsText = (ports: Several<PortChoice>): string =>
  ports.are === 'some'
    ? ports.items.map(({ value }) => portText(value)).join(', ')
    : ports.are === 'everything'
      ? 'every port'
      : 'no port'

/** What a rule does, for sentences and badges. */
export const actionWords: Readonly<Record<RuleAction, string>> = {
  allow: 'allows',
  deny: 'denies',
  pass: 'passes on',
  log: 'logs',
  ask: 'asks outside',
}

/** How a direction stands by this policy alone, in one sentence. */
export function reachSentence({ direction, reach, isolates }: Side): string {
  const ingress = direction === 'ingress'
  switch (reach) {
    case 'not-governed':
      return ingress
        ? 'Anybody, as far as this policy goes. It does not isolate ingress.'
        : 'Anywhere, as far as this policy goes. It does not isolate egress.'
    case 'nobody':
      return ingress
        ? 'Nobody. Ingress is isolated and no rule lets anybody in.'
        : 'Nowhere. Egress is isolated and no rule leads out.'
    case 'anybody':
      return ingress ? 'Anybody, by a rule without conditions.' : 'Anywhere, by a rule without conditions.'
    case 'some':
      return isolates
        ? `Whom no rule names is ${ingress ? 'kept out' : 'not reached'}.`
        : 'What no rule names is left to other policies.'
  }
}

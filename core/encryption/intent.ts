import { type Endpoint, endpointKey } from '../endpoint'
import type { Labels } from '../inventory/inventory-object'
import type { EncryptionGround } from './ground'
import {
  type ClientMode,
  type ClientRule,
  clientRuleOf,
  type IntentName,
  type PeerMode,
  type PeerPolicy,
  peerPolicyOf,
} from './intent-spec'

/** Istio's default for the namespace whose policies are those of the whole mesh. */
export const rootNamespace = 'istio-system'

/** `by`: the object that says so; null where it is Istio's default. */
export type PeerIntent = { readonly mode: PeerMode; readonly by: IntentName | null }
export type ClientIntent = { readonly mode: ClientMode; readonly by: IntentName }

/** What Istio was told to encrypt. Answers are kept. */
export type Intents = {
  /** Which plaintext a workload takes on a port; of a namespace alone where no labels are known. */
  peer(workload: Endpoint, labels: Labels | null, port: number): PeerIntent
  /** How clients of a namespace are told to speak to a host; null: nothing is said, auto-mTLS decides. */
  client(namespace: string, callee: Endpoint, services: readonly string[], port: number): ClientIntent | null
}

/** O(intents); then O(intents of the cluster) for each new question. */
export function intentsOf(ground: Pick<EncryptionGround, 'intents'> | null): Intents {
  const policies = (ground?.intents ?? []).map(peerPolicyOf).filter((policy) => policy !== null)
  const rules = (ground?.intents ?? []).map(clientRuleOf).filter((rule) => rule !== null)
  const kept = new Map<string, PeerIntent>()
  return {
    peer(workload, labels, port) {
      const key = `${endpointKey(workload)} ${labels === null ? '' : 'labels'} ${port}`
      let intent = kept.get(key)
      if (!intent) kept.set(key, (intent = peerIntent(policies, workload, labels, port)))
      return intent
    },
    client: (namespace, callee, services, port) => clientIntent(rules, namespace, callee, services, port),
  }
}

/**
 * Istio's ComposePeerAuthentication: PERMISSIVE, then the mesh's, the namespace's and the workload's policy, each
 * where it is not UNSET; of several at one level the oldest. Policies with a selector in the root namespace are
 * ignored. Ports are told by the workload's policy only, and an UNSET one inherits.
 */
function peerIntent(
  policies: readonly PeerPolicy[],
  { cluster, namespace }: Endpoint,
  labels: Labels | null,
  port: number,
): PeerIntent {
  const own = policies.filter((policy) => policy.cluster === cluster)
  const mesh = oldest(own.filter((policy) => policy.namespace === rootNamespace && policy.labels === null))
  const here = namespace === rootNamespace ? [] : own.filter((policy) => policy.namespace === namespace)
  const wide = oldest(here.filter((policy) => policy.labels === null))
  const narrow = labels && oldest(here.filter((policy) => policy.labels !== null && selects(policy.labels, labels)))
  let intent: PeerIntent = { mode: 'PERMISSIVE', by: null }
  for (const policy of [mesh, wide, narrow]) if (policy?.mode) intent = { mode: policy.mode, by: policy.name }
  const ofPort = narrow?.ports.get(port)
  return narrow && ofPort ? { mode: ofPort, by: narrow.name } : intent
}

const oldest = <Kept extends { readonly createdAt: number; readonly name: string }>(
  all: readonly Kept[],
): Kept | null => all.toSorted((a, b) => a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1))[0] ?? null

const selects = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([name, value]) => Object.hasOwn(labels, name) && labels[name] === value)

/** A rule in the client's namespace goes before one in the callee's, that before the mesh's; then the more exact host. */
function clientIntent(
  rules: readonly ClientRule[],
  client: string,
  { cluster, namespace }: Endpoint,
  services: readonly string[],
  port: number,
): ClientIntent | null {
  const rank = (rule: ClientRule) => [client, namespace, rootNamespace].indexOf(rule.namespace)
  const [rule] = rules
    .filter((each) => each.cluster === cluster && rank(each) >= 0)
    .filter((each) => services.some((service) => isHost(each, service, namespace)))
    .toSorted((a, b) => rank(a) - rank(b) || exactness(b) - exactness(a) || a.createdAt - b.createdAt)
  if (!rule) return null
  // What a rule says of a port replaces what it says of all, also where it is silent about TLS.
  const mode = rule.ports.has(port) ? (rule.ports.get(port) ?? null) : rule.mode
  return mode && { mode, by: rule.name }
}

const exactness = ({ host }: ClientRule): number => (host.startsWith('*') ? host.length : 1000 + host.length)

/** A short name is of the rule's own namespace; `*` stands for any first part. The cluster's domain is not asked. */
function isHost({ host, namespace: home }: ClientRule, service: string, namespace: string): boolean {
  const name = `${service}.${namespace}`
  const [head = '', domain] = host.split('.svc')
  if (!head.startsWith('*')) return domain === undefined ? host === service && home === namespace : head === name
  if (domain === undefined) return host === '*' || host.endsWith('.local')
  return head === '*' || name.endsWith(head.slice(1))
}

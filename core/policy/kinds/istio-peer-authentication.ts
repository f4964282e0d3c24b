import type { ModelCatalogue } from '../catalogue'
import type { EndMatch } from '../end-match'
import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import type { Block } from '../normal-form'
import { isFields } from '../read'
import { istioMtlsTier } from '../tiers'
import { type PeerLevel, readPeers } from './istio-peer-modes'
import { istioGroup } from './istio-values'
import { objectsOf } from './mesh-objects'
import { istioPassedBy } from './mesh-ports'

/** security.istio.io PeerAuthentication: whether plaintext is taken. The workload's speaks before the namespace's and the mesh's. */
export const istioPeerAuthentication: PolicyKind = {
  group: istioGroup,
  kind: 'PeerAuthentication',
  plural: 'peerauthentications',
  versions: ['v1', 'v1beta1'],
  namespaced: true,
  parse,
}

const levels: readonly PeerLevel[] = ['workload', 'namespace', 'mesh']

/** Behind the age of the policies of one level, in seconds. */
const levelStep = 1e12

function parse(object: ModelObject): Parsed {
  const read = readPeers(object)
  if ('problems' in read) return read
  const { ref, level, subject, rules, strange } = read
  const block: Block = {
    direction: 'ingress',
    tier: istioMtlsTier.name,
    order: levels.indexOf(level ?? 'mesh') * levelStep + createdAt(object),
    subject: strange ? { is: 'every', of: [subject, unknownField] } : subject,
    isolates: false,
    alone: level ?? 'none',
    rules: [istioPassedBy, ...rules],
  }
  // One that is UNSET still stands before younger ones.
  const blocks = level === null ? [] : [block]
  return { meaning: () => ({ ref, mode: 'enforced', replaces: null, blocks, tiers: [] }) }
}

const unknownField: EndMatch = { is: 'unclear', doubt: 'the policy has a field that is not known here' }

/** Seconds; 0 where it is not told. */
function createdAt({ metadata }: ModelObject): number {
  const text = isFields(metadata) ? metadata.creationTimestamp : undefined
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isFinite(time) ? Math.max(0, Math.floor(time / 1000)) : 0
}

/** Workloads for which some PeerAuthentication turns mTLS off; null: none does. */
export function disabledMtls(catalogue: ModelCatalogue): EndMatch | null {
  const off = objectsOf(catalogue, istioGroup, 'PeerAuthentication').flatMap((object) => {
    const read = readPeers(object)
    return 'subject' in read && read.level !== null && read.modes.includes('DISABLE') ? [read.subject] : []
  })
  return off.length === 0 ? null : { is: 'some', of: off }
}

import type { EndMatch } from '../end-match'
import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import type { Block } from '../normal-form'
import { isFields } from '../read'
import { istioMtlsTier } from '../tiers'
import { plainlyCalled } from './istio-destination-rule'
import { type PeerLevel, readPeers } from './istio-peer-modes'
import { withoutProof } from './istio-plaintext'
import { istioGroup, istioRoot } from './istio-values'
import { istioPassedBy } from './mesh-ports'

/** security.istio.io PeerAuthentication: whether plaintext is taken. The workload's speaks before the namespace's and the mesh's. */
export const istioPeerAuthentication: PolicyKind = {
  group: istioGroup,
  kind: 'PeerAuthentication',
  plural: 'peerauthentications',
  versions: ['v1', 'v1beta1'],
  namespaced: true,
  mesh: { name: 'istio', root: istioRoot },
  parse,
}

const levels: readonly PeerLevel[] = ['workload', 'namespace', 'mesh']

/** Behind the age of the policies of one level, in seconds. */
const levelStep = 1e12

function parse(object: ModelObject): Parsed {
  const read = readPeers(object)
  if ('problems' in read) return read
  const { ref, level, subject, rules, strange } = read
  const order = levels.indexOf(level ?? 'mesh') * levelStep + createdAt(object)
  const block = (where: EndMatch | null, plain: boolean): Block => ({
    direction: 'ingress',
    tier: istioMtlsTier.name,
    order,
    subject: { is: 'every', of: [subject, ...(where ? [where] : []), ...(strange ? [unknownField] : [])] },
    isolates: false,
    alone: level ?? 'none',
    rules: [istioPassedBy, ...(plain ? rules.map(withoutProof) : rules)],
  })
  return {
    meaning: (catalogue) => {
      const called = plainlyCalled(catalogue)
      const split = called && [block({ is: 'not', of: called }, false), block(called, true)]
      // One that is UNSET still stands before younger ones.
      const blocks = level === null ? [] : (split ?? [block(null, false)])
      return { ref, mode: 'enforced', replaces: null, blocks, tiers: [] }
    },
  }
}

const unknownField: EndMatch = { is: 'unclear', doubt: 'the policy has a field that is not known here' }

/** Seconds; 0 where it is not told. */
function createdAt({ metadata }: ModelObject): number {
  const text = isFields(metadata) ? metadata.creationTimestamp : undefined
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isFinite(time) ? Math.max(0, Math.floor(time / 1000)) : 0
}

import type { ModelCatalogue } from '../catalogue'
import { anyNamespace, anything, type EndMatch, namespaceNamed } from '../end-match'
import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import type { Block, Rule } from '../normal-form'
import type { PortMatch } from '../ports'
import { field, fieldsAt, isFields, type Reader, readerOf, refOf, refuse, unknownFields, wordAt } from '../read'
import { checkHead } from '../read-head'
import { anyText } from '../request-match'
import { istioMtlsTier } from '../tiers'
import { inMesh, matchLabelsAt } from './istio-subject'
import { identity, istioGroup, istioRoot } from './istio-values'
import { gatewayName } from './istio-waypoint'
import { labelled, objectsOf, workloads } from './mesh-objects'
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

const modes = ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'] as const
type Mode = (typeof modes)[number]
type Level = 'workload' | 'namespace' | 'mesh'
const levels: readonly Level[] = ['workload', 'namespace', 'mesh']

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
  // Istio ignores a policy of the root namespace that selects workloads. One that is UNSET still stands before younger ones.
  const blocks = level === null ? [] : [block]
  return { meaning: () => ({ ref, mode: 'enforced', replaces: null, blocks, tiers: [] }) }
}

const unknownField: EndMatch = { is: 'unclear', doubt: 'the policy has a field that is not known here' }

function readPeers(object: ModelObject) {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, 'PeerAuthentication', true)
  const namespace = ref.namespace ?? ''
  const spec = field(at, 'spec')
  const labels = matchLabelsAt(spec)
  const narrow = labels.op !== 'any'
  const level = levelOf(narrow, namespace === istioRoot)
  const ports = portModesAt(field(spec, 'portLevelMtls'))
  const mode = modeAt(field(spec, 'mtls'))
  // Ports are told for selected workloads only.
  const counting = narrow ? ports : []
  if (at.problems.length > 0) return { problems: at.problems }
  const pods = workloads(level === 'mesh' ? anyNamespace : namespaceNamed(namespace), labels)
  return {
    ref,
    level,
    subject: inMesh({ is: 'every', of: [pods, { is: 'not', of: gateways }] }),
    rules: [...counting, { mode, path: 'spec.mtls', ports: null }].flatMap(rulesOf),
    modes: [mode, ...counting.map((one) => one.mode)],
    strange: unknownFields(spec, ['selector', 'mtls', 'portLevelMtls']).length > 0,
  }
}

/** null: it counts nowhere. */
function levelOf(narrow: boolean, root: boolean): Level | null {
  if (narrow) return root ? null : 'workload'
  return root ? 'mesh' : 'namespace'
}

/** Gateways listen as their Gateway says. */
const gateways: EndMatch = {
  is: 'some',
  of: [
    workloads(anyNamespace, { op: 'has', key: gatewayName }),
    workloads(anyNamespace, labelled('istio', 'ingressgateway', 'egressgateway', 'eastwestgateway')),
  ],
}

const modeAt = (at: Reader): Mode => {
  fieldsAt(at)
  return wordAt(field(at, 'mode'), modes) ?? 'UNSET'
}

type PortMode = { readonly mode: Mode; readonly path: string; readonly ports: PortMatch | null }

function portModesAt(at: Reader): readonly PortMode[] {
  return Object.keys(fieldsAt(at)).map((key): PortMode => {
    const one = field(at, key)
    const port = Number(key)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) refuse(one, 'must be under a port')
    return {
      mode: modeAt(one),
      path: `${at.path}.${key}`,
      ports: { some: [{ protocol: 'TCP', port: { from: port, to: port } }], none: [] },
    }
  })
}

/** STRICT denies who proves nothing; UNSET leaves it to what is less near. */
function rulesOf({ mode, path, ports }: PortMode): readonly Rule[] {
  if (mode === 'UNSET') return []
  const pass: Rule = { action: 'pass', path, peer: anything, ports }
  return mode === 'STRICT' ? [{ action: 'deny', path, peer: unproven, ports }, pass] : [pass]
}

const unproven: EndMatch = { is: 'not', of: identity(anyText) }

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

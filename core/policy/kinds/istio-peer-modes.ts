import { anyNamespace, anything, type EndMatch, namespaceNamed } from '../end-match'
import type { ModelObject } from '../model'
import type { PolicyRef, Rule } from '../normal-form'
import type { PortMatch } from '../ports'
import type { Problem } from '../problem'
import { field, fieldsAt, type Reader, readerOf, refOf, refuse, unknownFields, wordAt } from '../read'
import { checkHead } from '../read-head'
import { anyText } from '../request-match'
import { inMesh, matchLabelsAt } from './istio-subject'
import { identity, istioRoot } from './istio-values'
import { gatewayName } from './istio-waypoint'
import { labelled, workloads } from './mesh-objects'

const modes = ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'] as const
type Mode = (typeof modes)[number]
export type PeerLevel = 'workload' | 'namespace' | 'mesh'

/** A PeerAuthentication. */
export type Peers = {
  readonly ref: PolicyRef
  /** null: it counts nowhere. */
  readonly level: PeerLevel | null
  readonly subject: EndMatch
  readonly rules: readonly Rule[]
  /** Those that it names. */
  readonly modes: readonly Mode[]
  /** Has a field that is not known here. */
  readonly strange: boolean
}

export function readPeers(object: ModelObject): Peers | { readonly problems: readonly Problem[] } {
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

/** Istio ignores a policy of the root namespace that selects workloads. */
function levelOf(narrow: boolean, root: boolean): PeerLevel | null {
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

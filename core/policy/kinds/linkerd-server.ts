import type { ModelCatalogue } from '../catalogue'
import { type EndMatch, namespaceNamed } from '../end-match'
import type { Parsed, PolicyKind } from '../kind'
import type { Labels } from '../../inventory/inventory-object'
import { selectorAt } from '../label-selector'
import type { ModelObject } from '../model'
import type { PolicyRef } from '../normal-form'
import type { PortItem, PortMatch } from '../ports'
import { field, fieldsAt, isAbsent, type Reader, readerOf, refOf, refuse, wordAt } from '../read'
import { checkHead } from '../read-head'
import { linkerdTier } from '../tiers'
import { linkerdDefaults } from './linkerd-default'
import { routedRequest } from './linkerd-route'
import { type Access, accessRules, accessWords, linkerdGroup } from './linkerd-values'
import { objectsIn, workloads } from './mesh-objects'
import { checkPort, checkPortName } from './network-policy-ports'

/** policy.linkerd.io Server: a port of pods, which lets nobody in whom nothing authorizes. */
export const linkerdServer: PolicyKind = {
  group: linkerdGroup,
  kind: 'Server',
  plural: 'servers',
  versions: ['v1beta3', 'v1beta2', 'v1beta1'],
  namespaced: true,
  mesh: { name: 'linkerd', root: null },
  parse,
  implied: linkerdDefaults,
}

export type LinkerdServer = {
  readonly ref: PolicyRef
  readonly labels: Labels
  /** Pods with a proxy that have the port. */
  readonly subject: EndMatch
  readonly ports: PortMatch
  readonly access: Access
  /** The proxy reads no HTTP there. */
  readonly opaque: boolean
}

/** Orders within the tier of Linkerd. */
export const authorizationOrder = 0
const serverOrder = 1

function parse(object: ModelObject): Parsed {
  const server = readServer(object)
  if ('problems' in server) return server
  const { ref, subject, ports, access } = server
  return {
    meaning: (catalogue) => {
      const rules = accessRules(access, 'spec.accessPolicy', ports, routedRequest(catalogue, server))
      const block = { tier: linkerdTier.name, order: serverOrder, subject, isolates: false, rules }
      return { ref, mode: 'enforced', replaces: null, blocks: [{ direction: 'ingress', ...block }], tiers: [] }
    },
  }
}

const protocols = ['unknown', 'HTTP/1', 'HTTP/2', 'gRPC', 'opaque', 'TLS'] as const

function readServer(object: ModelObject): LinkerdServer | { readonly problems: Reader['problems'] } {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, 'Server', true)
  const spec = field(at, 'spec')
  const pods = selectorAt(field(spec, 'podSelector'))
  const outside = selectorAt(field(spec, 'externalWorkloadSelector'))
  if ((pods === null) === (outside === null)) refuse(spec, 'must have either podSelector or externalWorkloadSelector')
  const port = portAt(field(spec, 'port'))
  const protocol = wordAt(field(spec, 'proxyProtocol'), protocols)
  const access = wordAt(field(spec, 'accessPolicy'), accessWords) ?? 'deny'
  const labels = fieldsAt(field(field(at, 'metadata'), 'labels'))
  if (at.problems.length > 0) return { problems: at.problems }
  return {
    ref,
    labels: Object.fromEntries(
      Object.entries(labels).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    ),
    subject: {
      is: 'every',
      of: [
        pods === null ? { is: 'nothing' } : workloads(namespaceNamed(ref.namespace ?? ''), pods),
        { is: 'mesh', mesh: 'linkerd' },
      ],
    },
    ports: { some: [{ protocol: 'TCP', port }], none: [] },
    access,
    opaque: protocol === 'opaque' || protocol === 'TLS',
  }
}

function portAt(at: Reader): PortItem['port'] {
  if (isAbsent(at)) refuse(at, 'is required')
  if (typeof at.value === 'string') {
    checkPortName(at, at.value)
    return { name: at.value }
  }
  const port = typeof at.value === 'number' ? at.value : 0
  checkPort(at, port)
  return { from: port, to: port }
}

const found = new WeakMap<ModelObject, ReturnType<typeof readServer>>()

/** Servers of a namespace that can be read; each is read once. */
export const serversOf = (catalogue: ModelCatalogue, namespace: string): readonly LinkerdServer[] =>
  objectsIn(catalogue, linkerdGroup, 'Server', namespace).flatMap((object) => {
    const server = found.get(object) ?? readServer(object)
    found.set(object, server)
    return 'ref' in server ? [server] : []
  })

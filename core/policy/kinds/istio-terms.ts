import type { EndMatch } from '../end-match'
import type { Action, Rule } from '../normal-form'
import { intersectPorts, isAllPorts } from '../port-set'
import { allPorts, type PortMatch, type PortSet } from '../ports'
import type { RequestMatch } from '../request-match'

/** Conditions that must all hold: what a source, an operation or the `when` of a rule says. */
export type Terms = {
  /** On the source. */
  readonly peers: readonly EndMatch[]
  /** On the client behind proxies in between: the source itself, unless HTTP names another. */
  readonly clients: readonly EndMatch[]
  /** On the workload. */
  readonly own: readonly EndMatch[]
  readonly ports: PortSet
  /** What only HTTP has. */
  readonly http: readonly RequestMatch[]
}

export const noTerms: Terms = { peers: [], clients: [], own: [], ports: allPorts, http: [] }

export const joinTerms = (all: readonly Terms[]): Terms => ({
  peers: all.flatMap(({ peers }) => peers),
  clients: all.flatMap(({ clients }) => clients),
  own: all.flatMap(({ own }) => own),
  ports: all.map(({ ports }) => ports).reduce(intersectPorts, allPorts),
  http: all.flatMap(({ http }) => http),
})

/** Sources that are told by the source alone become one. */
export function mergeSources(all: readonly Terms[]): readonly Terms[] {
  const simple = all.filter(({ http, clients, own }) => http.length + clients.length + own.length === 0)
  if (simple.length < 2) return all
  const peers: readonly EndMatch[] = [{ is: 'some', of: simple.map((terms) => every(terms.peers)) }]
  return [{ ...noTerms, peers }, ...all.filter((terms) => !simple.includes(terms))]
}

const every = (of: readonly EndMatch[]): EndMatch => {
  const [first] = of
  return first === undefined ? { is: 'anything' } : of.length === 1 ? first : { is: 'every', of }
}

/**
 * What terms are in the normal form. HTTP and plain TCP differ: an ALLOW with a condition on HTTP never matches TCP;
 * of the other actions the conditions on HTTP are left out there, so that they match more.
 * @param onlyTcp the proxy reads no HTTP at all (ambient without a waypoint)
 */
export function rulesOf(terms: Terms, action: Action, path: string, onlyTcp: boolean): readonly Rule[] {
  const { peers, clients, own, http } = terms
  const common = { action, path, ports: portsOf(terms.ports), ...(own.length > 0 ? { own: every(own) } : {}) }
  const fitsTcp = http.length === 0 || action !== 'allow'
  const tcp: Rule = { ...common, peer: every([...peers, ...clients]) }
  if (onlyTcp) return fitsTcp ? [tcp] : []
  if (http.length + clients.length === 0) return [tcp]
  const forwarded = clients.length > 0 ? [forwardedFor] : []
  const asked: RequestMatch = { is: 'every', of: [{ is: 'not', of: { is: 'plain' } }, ...http] }
  return [
    { ...common, peer: every([...peers, ...forwarded]), request: asked },
    ...(fitsTcp ? [{ ...tcp, request: { is: 'plain' } } as const] : []),
  ]
}

const forwardedFor: EndMatch = { is: 'unclear', doubt: 'the client that X-Forwarded-For names is not known here' }

const portsOf = (set: PortSet): PortMatch | null =>
  isAllPorts(set) ? null : { some: set.map((port) => ({ protocol: 'TCP', port })), none: [] }

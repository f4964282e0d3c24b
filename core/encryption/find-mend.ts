import { endpointLabel } from '../endpoint'
import type { Edge } from '../world'
import type { Mend, MendCode, PlainCause, PlainCode } from './causes'
import { meshOfNamespace } from './namespace-mesh'
import type { Seats } from './seats'

/**
 * The nearest thing that would encrypt an edge: take back what was turned off, then the mesh for a namespace that has
 * none, then keys for nodes that lack them, then the mesh for a single workload. null where nothing is known.
 */
export function findMend(edge: Edge, causes: readonly PlainCause[], { ground }: Seats): Mend | null {
  const { from, to } = edge
  const { cluster } = to.namespace === '' ? from : to
  const of = (code: PlainCode) => causes.find((cause) => cause.code === code)
  const mend = (code: MendCode, subject: readonly string[], words: string): Mend => ({ code, cluster, subject, words })

  const skipped = of('port-skipped')
  if (skipped) return mend('remove-annotation', skipped.names, 'Remove the annotation')
  const disabled = of('disabled')
  if (disabled) return mend('change-policy', disabled.names, 'Change the policy')
  const bare = of('not-meshed')
  const isNamespace = bare?.names.every((name) => !name.includes('/') && !meshOfNamespace(ground, cluster, name))
  if (bare && isNamespace && bare.names.length > 0)
    return mend('mesh-namespace', bare.names, bare.names.length > 1 ? 'Mesh the namespaces' : 'Mesh the namespace')
  const nodes = of('node-without-key')
  if (nodes) return mend('add-node-keys', nodes.names, `Turn the tunnel on at ${nodesWords(nodes.names)}`)
  if (bare && bare.names.length > 0) return mend('mesh-workload', bare.names, 'Take it into the mesh')
  if (of('other-mesh')) return mend('one-mesh', [endpointLabel(from), endpointLabel(to)], 'Take both into one mesh')
  if (of('outside') || of('host-network')) return mend('speak-tls', [endpointLabel(to)], 'Speak TLS')
  return of('no-tunnel') ? mend('turn-on-tunnel', [], 'Turn a tunnel on') : null
}

const nodesWords = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${others.length + 1} nodes`

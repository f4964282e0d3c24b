import type { ModelCatalogue } from '../catalogue'
import { anyNamespace, type EndMatch } from '../end-match'
import type { LabelMatch } from '../label-match'
import { plainWorkloads } from './istio-plaintext'
import { labelled, workloads } from './mesh-objects'

/** What of a workload changes how rules are read. `where` null: every workload. */
export type Situation = {
  readonly where: EndMatch | null
  /** Ambient: ztunnel reads no HTTP. */
  readonly onlyTcp: boolean
  /** Connections may be plaintext, so that identities may not be proven. */
  readonly plain: boolean
}

const mode = 'istio.io/dataplane-mode'
const captured: LabelMatch = { op: 'every', of: [{ op: 'not-in', key: mode, values: ['none'] }] }
const ambient: EndMatch = {
  is: 'every',
  of: [
    {
      is: 'some',
      of: [
        workloads({ by: 'labels', labels: labelled(mode, 'ambient') }, captured),
        workloads(anyNamespace, labelled(mode, 'ambient')),
      ],
    },
    { is: 'not', of: workloads(anyNamespace, labelled('sidecar.istio.io/inject', 'true')) },
  ],
}

const found = new WeakMap<ModelCatalogue, readonly Situation[]>()

/** Situations that occur in a cluster; each workload is in one. */
export function situationsOf(catalogue: ModelCatalogue): readonly Situation[] {
  const known = found.get(catalogue)
  if (known) return known
  const { namespaces, workloads: pods } = catalogue.model
  const someAmbient = [...namespaces, ...pods].some(({ labels }) => labels[mode] === 'ambient')
  const disabled = plainWorkloads(catalogue)
  const not = (of: EndMatch): EndMatch => ({ is: 'not', of })
  const sidecars = someAmbient ? [not(ambient)] : []
  const made: readonly Situation[] = [
    ...(someAmbient ? [{ where: ambient, onlyTcp: true, plain: false }] : []),
    ...(disabled ? [{ where: every([...sidecars, disabled]), onlyTcp: false, plain: true }] : []),
    { where: every([...sidecars, ...(disabled ? [not(disabled)] : [])]), onlyTcp: false, plain: false },
  ]
  found.set(catalogue, made)
  return made
}

const every = (of: readonly EndMatch[]): EndMatch | null => (of.length === 0 ? null : { is: 'every', of })

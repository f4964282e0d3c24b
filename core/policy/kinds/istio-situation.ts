import type { ModelCatalogue } from '../catalogue'
import { anyNamespace, type EndMatch } from '../end-match'
import type { LabelMatch } from '../label-match'
import { annotatedPods } from './annotated-pods'
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
const captured: LabelMatch = { op: 'not-in', key: mode, values: ['none'] }

/** Pods without a sidecar that ztunnel speaks for, as labels ask and annotations of the mesh tell; null: none. */
function ambientPods(catalogue: ModelCatalogue): EndMatch | null {
  const { namespaces, workloads: pods } = catalogue.model
  const redirected = annotatedPods(catalogue, 'ambient.istio.io/redirection').filter(({ value }) => value === 'enabled')
  const asked = [...namespaces, ...pods].some(({ labels }) => labels[mode] === 'ambient')
  if (!asked && redirected.length === 0) return null
  const some: readonly EndMatch[] = [
    workloads({ by: 'labels', labels: labelled(mode, 'ambient') }, captured),
    workloads(anyNamespace, labelled(mode, 'ambient')),
    ...redirected.map(({ subject }) => subject),
  ]
  const sidecars: readonly EndMatch[] = [
    workloads(anyNamespace, labelled('sidecar.istio.io/inject', 'true')),
    ...annotatedPods(catalogue, 'sidecar.istio.io/status').map(({ subject }) => subject),
  ]
  return {
    is: 'every',
    of: [
      { is: 'some', of: some },
      { is: 'not', of: { is: 'some', of: sidecars } },
    ],
  }
}

const found = new WeakMap<ModelCatalogue, readonly Situation[]>()

/** Situations that occur in a cluster; each workload is in one. */
export function situationsOf(catalogue: ModelCatalogue): readonly Situation[] {
  const known = found.get(catalogue)
  if (known) return known
  const ambient = ambientPods(catalogue)
  const disabled = plainWorkloads(catalogue)
  const not = (of: EndMatch): EndMatch => ({ is: 'not', of })
  const sidecars = ambient ? [not(ambient)] : []
  const made: readonly Situation[] = [
    ...(ambient ? [{ where: ambient, onlyTcp: true, plain: false }] : []),
    ...(disabled ? [{ where: every([...sidecars, disabled]), onlyTcp: false, plain: true }] : []),
    { where: every([...sidecars, ...(disabled ? [not(disabled)] : [])]), onlyTcp: false, plain: false },
  ]
  found.set(catalogue, made)
  return made
}

const every = (of: readonly EndMatch[]): EndMatch | null => (of.length === 0 ? null : { is: 'every', of })

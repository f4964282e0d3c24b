import type { ModelCatalogue } from '../catalogue'
import { type EndMatch, namespaceNamed } from '../end-match'
import type { Policy, PolicyRef } from '../normal-form'
import type { PortMatch } from '../ports'
import { linkerdTier } from '../tiers'
import { annotatedPods } from './annotated-pods'
import { type Access, accessRules, accessWords } from './linkerd-values'
import { workloads } from './mesh-objects'
import { skippedPorts } from './skipped-ports'

const annotation = 'config.linkerd.io/default-inbound-policy'
const allTcp: PortMatch = { some: [{ protocol: 'TCP', port: 'any' }], none: [] }

/**
 * What annotations of pods and namespaces say of ports that no Server has. A word that is not known counts as none,
 * as for Linkerd. The default of the cluster is a setting of Linkerd; it lets everybody in unless that is changed.
 */
export function linkerdDefaults(catalogue: ModelCatalogue): readonly Policy[] {
  const pods = annotatedPods(catalogue, annotation).flatMap(({ value, one, subject }) =>
    policyOf({ kind: one.kind, namespace: one.namespace, name: one.name }, value, subject, 2),
  )
  const namespaces = catalogue.model.namespaces.flatMap(({ name, annotations }) =>
    policyOf(
      { kind: 'Namespace', namespace: null, name },
      Object.hasOwn(annotations, annotation) ? annotations[annotation] : undefined,
      workloads(namespaceNamed(name)),
      3,
    ),
  )
  return [...skippedPorts(catalogue, 'config.linkerd.io/skip-inbound-ports', [linkerdTier]), ...pods, ...namespaces]
}

function policyOf(ref: PolicyRef, value: string | undefined, pods: EndMatch, order: number): readonly Policy[] {
  const access: Access | undefined = accessWords.find((word) => word === value)
  if (access === undefined) return []
  const subject: EndMatch = { is: 'every', of: [pods, { is: 'mesh', mesh: 'linkerd' }] }
  const rules = accessRules(access, `metadata.annotations["${annotation}"]`, allTcp, null)
  const block = { direction: 'ingress', tier: linkerdTier.name, order, subject, isolates: false, rules } as const
  return [{ ref, mode: 'enforced', replaces: null, blocks: [block], tiers: [] }]
}

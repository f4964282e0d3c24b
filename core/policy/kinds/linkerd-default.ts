import type { ModelCatalogue } from '../catalogue'
import { type EndMatch, namespaceNamed } from '../end-match'
import type { Policy, PolicyRef, Rule } from '../normal-form'
import type { PortMatch } from '../ports'
import { anyText } from '../request-match'
import { linkerdTier } from '../tiers'
import { type AnnotatedPods, annotatedPods, refOfPods } from './annotated-pods'
import { type Access, accessRules, accessWords, identity } from './linkerd-values'
import { workloads } from './mesh-objects'
import { portsOfList, skippedPorts } from './skipped-ports'

const needsIdentity = 'config.linkerd.io/proxy-require-identity-inbound-ports'
const annotation = 'config.linkerd.io/default-inbound-policy'
const allTcp: PortMatch = { some: [{ protocol: 'TCP', port: 'any' }], none: [] }

/**
 * What annotations of pods and namespaces say of ports that no Server has. A word that is not known counts as none,
 * as for Linkerd. The default of the cluster is a setting of Linkerd; it lets everybody in unless that is changed.
 */
export function linkerdDefaults(catalogue: ModelCatalogue): readonly Policy[] {
  const pods = annotatedPods(catalogue, annotation).flatMap(({ value, one, subject }) =>
    policyOf(refOfPods(one), value, subject, 3),
  )
  const namespaces = catalogue.model.namespaces.flatMap(({ name, annotations }) =>
    policyOf(
      { group: '', kind: 'Namespace', namespace: null, name },
      Object.hasOwn(annotations, annotation) ? annotations[annotation] : undefined,
      workloads(namespaceNamed(name)),
      4,
    ),
  )
  const identified = annotatedPods(catalogue, needsIdentity).flatMap(identifiedPorts)
  return [
    ...identified,
    ...skippedPorts(catalogue, 'config.linkerd.io/skip-inbound-ports', [linkerdTier]),
    ...pods,
    ...namespaces,
  ]
}

/** Ports of pods that no Server has and that take only clients with an identity, whatever the default. */
function identifiedPorts({ value, one, subject }: AnnotatedPods): readonly Policy[] {
  const some = portsOfList(value)
  if (some.length === 0) return []
  const path = `metadata.annotations["${needsIdentity}"]`
  const deny: Rule = { action: 'deny', path, peer: { is: 'not', of: identity(anyText) }, ports: { some, none: [] } }
  return [policyWith(refOfPods(one), subject, 2, [deny])]
}

function policyOf(ref: PolicyRef, value: string | undefined, pods: EndMatch, order: number): readonly Policy[] {
  const access: Access | undefined = accessWords.find((word) => word === value)
  if (access === undefined) return []
  return [policyWith(ref, pods, order, accessRules(access, `metadata.annotations["${annotation}"]`, allTcp, null))]
}

function policyWith(ref: PolicyRef, pods: EndMatch, order: number, rules: readonly Rule[]): Policy {
  const subject: EndMatch = { is: 'every', of: [pods, { is: 'mesh', mesh: 'linkerd' }] }
  const block = { direction: 'ingress', tier: linkerdTier.name, order, subject, isolates: false, rules } as const
  return { ref, mode: 'enforced', replaces: null, blocks: [block], tiers: [] }
}

import type { InventoryObject, PolicyObject } from '../inventory/inventory-object'
import { scopePair, type Scope } from '../scope'
import type { GroundInventory, Version } from './build-ground'
import { buildModel } from './build-model'
import { type CompiledPolicies, compilePolicies } from './compile'
import { manifestOf } from './inventory-policy'
import { kindOf } from './kinds'
import { endMatches } from './match-end'
import { defaultOptions } from './profile'
import { isFields } from './read'
import { readPolicy } from './read-policy'
import { sightOf } from './select-blocks'
import { no } from './tri'

/**
 * The inventory of a cluster as a viewer may see it: what lies in namespaces within the scope, the nodes that pods
 * there run on, and policies from elsewhere that concern these: those of the whole cluster that may select something of
 * them, and those of a mesh's root namespace that are about the whole mesh.
 */
export function redactInventory(
  inventory: Omit<GroundInventory, 'hidesNamespaces'>,
  cluster: string,
  scope: Scope,
): GroundInventory {
  if (scope.all) return { ...inventory, hidesNamespaces: false }
  const sees = (namespace: string) => scope.pairs.has(scopePair(cluster, namespace))
  const pods = inventory.pods.filter(({ namespace }) => sees(namespace))
  const on = new Set(pods.flatMap(({ nodes }) => nodes))
  const visible = ({ kind, namespace, name }: InventoryObject): boolean => {
    if (kind === 'Namespace') return sees(name)
    if (kind === 'Node' || kind === 'CiliumNode') return on.has(name)
    return namespace === '' || sees(namespace)
  }
  const hides = inventory.objects.some(({ kind, name }) => kind === 'Namespace' && !sees(name))
  const objects = inventory.objects.filter(visible)
  const policies = inventory.policies.map(({ object }) => manifestOf(object))
  const compiled = compilePolicies(buildModel({ pods, objects, policies }), {
    ...defaultOptions,
    profile: inventory.profile,
  })
  const concerns = (object: PolicyObject): boolean => isAboutOneOf(object, compiled, on)
  return {
    profile: inventory.profile,
    pods,
    objects,
    policies: inventory.policies.filter((version) =>
      version.object.namespace === ''
        ? concerns(version.object)
        : sees(version.object.namespace) || isMeshWide(version),
    ),
    hidesNamespaces: hides,
  }
}

/**
 * Whether an object of the whole cluster is about what is seen. One about other namespaces alone is none of the viewer's,
 * and decides nothing of what can be told. What selects nothing by itself (tiers, sets of addresses) or cannot be read stays.
 */
function isAboutOneOf(object: PolicyObject, compiled: CompiledPolicies, nodes: ReadonlySet<string>): boolean {
  const manifest = manifestOf(object)
  const node = isFields(object.spec) ? object.spec.node : undefined
  if (kindOf(manifest)?.kind === 'HostEndpoint') return typeof node === 'string' && nodes.has(node)
  const blocks = readPolicy(manifest, compiled.catalogue).policy?.blocks ?? []
  if (blocks.length === 0) return true
  return compiled.catalogue.model.workloads.some((workload) => {
    const sight = { ...sightOf(compiled, workload), doubt: () => {} }
    return blocks.some(({ subject }) => endMatches(subject, { type: 'workload', workload }, sight) !== no)
  })
}

/** Without a selector, what is in a mesh's root namespace is the default of the whole mesh. */
function isMeshWide({ object }: Version<PolicyObject>): boolean {
  const { spec } = object
  if (isFields(spec) && ['selector', 'targetRef', 'targetRefs', 'workloadSelector'].some((name) => name in spec))
    return false
  const root = kindOf(manifestOf(object))?.mesh?.root
  return root !== undefined && root !== null && root === object.namespace
}

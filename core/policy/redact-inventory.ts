import type { InventoryObject, PolicyObject } from '../inventory-object'
import { scopePair, type Scope } from '../scope'
import type { GroundInventory, Version } from './build-ground'
import { manifestOf } from './inventory-policy'
import { kindOf } from './kinds'
import { isFields } from './read'

/**
 * The inventory of a cluster as a viewer may see it: what lies in namespaces within the scope, the nodes that pods
 * there run on, and policies that concern everybody: those of the cluster, and those of a mesh's root namespace that
 * are about the whole mesh.
 */
export function redactInventory(
  inventory: Omit<GroundInventory, 'hiddenNamespaces'>,
  cluster: string,
  scope: Scope,
): GroundInventory {
  if (scope.all) return { ...inventory, hiddenNamespaces: 0 }
  const sees = (namespace: string) => scope.pairs.has(scopePair(cluster, namespace))
  const pods = inventory.pods.filter(({ namespace }) => sees(namespace))
  const on = new Set(pods.flatMap(({ nodes }) => nodes))
  const visible = ({ kind, namespace, name }: InventoryObject): boolean => {
    if (kind === 'Namespace') return sees(name)
    if (kind === 'Node' || kind === 'CiliumNode') return on.has(name)
    return namespace === '' || sees(namespace)
  }
  const hidden = inventory.objects.filter(({ kind, name }) => kind === 'Namespace' && !sees(name))
  return {
    profile: inventory.profile,
    pods,
    objects: inventory.objects.filter(visible),
    policies: inventory.policies.filter(
      (version) => version.object.namespace === '' || sees(version.object.namespace) || isMeshWide(version),
    ),
    hiddenNamespaces: hidden.length,
  }
}

/** Without a selector, what is in a mesh's root namespace is the default of the whole mesh. */
function isMeshWide({ object }: Version<PolicyObject>): boolean {
  const { spec } = object
  if (isFields(spec) && ['selector', 'targetRef', 'targetRefs', 'workloadSelector'].some((name) => name in spec))
    return false
  const root = kindOf(manifestOf(object))?.mesh?.root
  return root !== undefined && root !== null && root === object.namespace
}

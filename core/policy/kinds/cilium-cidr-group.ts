import type { Parsed, PolicyKind } from '../kind'
import type { Labels } from '../../inventory/inventory-object'
import type { ModelCatalogue } from '../catalogue'
import type { ModelObject } from '../model'
import { field, isFields, itemsAt, readerOf, refOf, textAt } from '../read'
import { checkHead } from '../read-head'
import { rangeAt } from '../ranges'

const kind = 'CiliumCIDRGroup'

/** Address ranges that policies refer to by name or by labels. */
export const ciliumCidrGroup: PolicyKind = {
  group: 'cilium.io',
  kind,
  plural: 'ciliumcidrgroups',
  versions: ['v2', 'v2alpha1'],
  namespaced: false,
  onlyReferredTo: true,
  standsAlone: true,
  parse,
}

function parse(object: ModelObject): Parsed {
  const at = readerOf(object)
  checkHead(at)
  for (const item of itemsAt(field(field(at, 'spec'), 'externalCIDRs')) ?? []) rangeAt(item, textAt(item) ?? '')
  if (at.problems.length > 0) return { problems: at.problems }
  const ref = refOf(object, kind, false)
  return { meaning: () => ({ ref, mode: 'enforced', replaces: null, blocks: [], tiers: [] }) }
}

export type CidrGroup = { readonly name: string; readonly labels: Labels; readonly cidrs: readonly string[] }

/** The groups that can be read. */
export function cidrGroups(catalogue: ModelCatalogue): readonly CidrGroup[] {
  return catalogue.objects(kind).flatMap((object): readonly CidrGroup[] => {
    const { apiVersion, metadata } = object
    if (typeof apiVersion !== 'string' || !apiVersion.startsWith('cilium.io/') || 'problems' in parse(object)) return []
    const labels = isFields(metadata) && isFields(metadata.labels) ? metadata.labels : {}
    const cidrs = itemsAt(field(field(readerOf(object), 'spec'), 'externalCIDRs')) ?? []
    return [
      {
        name: refOf(object, kind, false).name,
        labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)])),
        cidrs: cidrs.map((item) => textAt(item) ?? ''),
      },
    ]
  })
}

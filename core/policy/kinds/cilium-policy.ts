import type { Parsed } from '../kind'
import type { ModelObject } from '../model'
import { field, isAbsent, itemsAt, readerOf, refOf, refuse } from '../read'
import { checkHead } from '../read-head'
import { ciliumSpecAt } from './cilium-spec'
import { keptAmong } from './kept'

const kept = keptAmong(['CiliumCIDRGroup'])

/** Reads a policy of Cilium, which has `spec`, `specs` or both. */
export function parseCiliumPolicy(object: ModelObject, kind: string, namespaced: boolean): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, kind, namespaced)
  const spec = field(at, 'spec')
  const specs = [...(isAbsent(spec) ? [] : [spec]), ...(itemsAt(field(at, 'specs')) ?? [])]
  if (specs.length === 0) refuse(spec, 'must be given, or specs')
  const read = specs.map((one) => ciliumSpecAt(one, ref.namespace))
  if (at.problems.length > 0) return { problems: at.problems }
  return {
    meaning: kept((catalogue) => ({
      ref,
      mode: 'enforced',
      replaces: null,
      blocks: read.flatMap((blocks) => blocks(catalogue)),
      tiers: [],
    })),
  }
}

import type { CompiledPolicies } from '../compile'
import type { End } from '../decision'
import { serviceTarget } from '../service-target'
import type { RecordedFlow } from './recorded-flow'

/** Where a connection went. `amongBackends`: or to another pod or address of the same Service. */
export type Target = { readonly to: End; readonly port: number; readonly amongBackends: boolean }

/** What stands behind the Service that a flow went to, asked once for each port; null: it went to none. */
export function serviceTargets({ catalogue }: CompiledPolicies) {
  const known = new Map<string, readonly Target[] | null>()
  return ({ from, to, protocol, port }: RecordedFlow): readonly Target[] | null => {
    if (from.type === 'unknown' || (to.type !== 'service' && to.type !== 'external')) return null
    const asked = to.type === 'service' ? to : { ip: to.address }
    const key = JSON.stringify([asked, protocol, port])
    const before = known.get(key)
    if (before !== undefined) return before
    const target = serviceTarget(catalogue.model, { from, to: asked, protocol, port })
    const flows = target?.flows ?? []
    const found = flows.flatMap((flow): readonly Target[] =>
      typeof flow.port === 'number' && flow.port > 0
        ? [{ to: asMet(flow.to), port: flow.port, amongBackends: flows.length > 1 }]
        : [],
    )
    known.set(key, target && found)
    return target && found
  }
}

/** Policies judge after the address of a Service was replaced. */
const asMet = (end: End): End =>
  end.type === 'external' ? { type: 'external', address: end.address, ...(end.names ? { names: end.names } : {}) } : end

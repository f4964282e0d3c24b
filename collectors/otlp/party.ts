import type { Service, SpanKind } from './span'

/** What is remembered of a span after it went: whose it was. One object for each service and kind. */
export type Party = { readonly service: Service; readonly kind: PartyKind }
export type PartyKind = SpanKind | 'database'

export function createParties(): (service: Service, kind: PartyKind) => Party {
  const parties = new WeakMap<Service, Map<PartyKind, Party>>()
  return (service, kind) => {
    let ofService = parties.get(service)
    if (!ofService) parties.set(service, (ofService = new Map()))
    let party = ofService.get(kind)
    if (!party) ofService.set(kind, (party = { service, kind }))
    return party
  }
}

/** Whether a span of this kind is a call that the parent made, also one of the service to itself. */
export const isAskedBy = (kind: SpanKind, parent: PartyKind): boolean =>
  kind === 'server' ? parent === 'client' || parent === 'database' : kind === 'consumer' && parent === 'producer'

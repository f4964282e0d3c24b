import type { EndpointRef } from '@/core/endpoint'
import type { EncryptionEvidence, L7Protocol, Protocol, Reporter, Verdict } from '@/core/verdict'
import { createRecent } from '@/collectors/kit/recent'

/** One end as labels tell it; `port` where they give one with the name or address. */
export type End = { readonly ref: EndpointRef; readonly ip?: string; readonly port?: number }

/** Where growth is counted: an edge and everything of its facet. `l7` is `none` for connections and bytes. */
export type PlaceFields = {
  readonly cluster: string
  readonly reporter: Reporter
  readonly from: End
  readonly to: End
  readonly port: number
  readonly protocol: Protocol
  readonly verdict: Verdict
  readonly reason: string
  readonly encryption: EncryptionEvidence
  readonly l7: L7Protocol
}

/** Equal places are one object, and so are equal ends; `text` is the same for the same place in every process. */
export type Place = PlaceFields & { readonly text: string }

/** Makes places; bounded, so that a forgotten one may come back as another object. */
export type Places = (fields: PlaceFields) => Place

const maxPlaces = 100_000
const maxReason = 100

export function createPlaces(): Places {
  const refs = createRecent<EndpointRef>(maxPlaces)
  const places = createRecent<Place>(maxPlaces)

  const refOf = (ref: EndpointRef): EndpointRef => {
    const text = JSON.stringify(ref)
    const known = refs.get(text)
    if (!known) refs.set(text, ref)
    return known ?? ref
  }

  return (fields) => {
    const { cluster, reporter, from, to, port, protocol, verdict, encryption, l7 } = fields
    const reason = fields.reason.slice(0, maxReason)
    const text = JSON.stringify([
      cluster,
      reporter,
      from.ref,
      from.ip ?? '',
      to.ref,
      to.ip ?? '',
      port,
      protocol,
      verdict,
      reason,
      encryption,
      l7,
    ])
    const known = places.get(text)
    if (known) return known
    const place: Place = {
      ...fields,
      reason,
      from: { ...from, ref: refOf(from.ref) },
      to: { ...to, ref: refOf(to.ref) },
      text,
    }
    places.set(text, place)
    return place
  }
}

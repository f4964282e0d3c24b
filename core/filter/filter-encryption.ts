import { encryptedClasses, encryptionClasses } from '../encryption/classes'
import { type EncryptionDraft, layersOf } from '../encryption/edge-encryption'
import { recordWords } from '../encryption/record-class'
import type { FilterTerm } from './filter-ast'
import type { FilterFacts } from './filter-facts'
import { compareNumber, termNumber } from './filter-value'
import type { Edge, Facet } from '../world'

/** What `encrypted:` may ask; `wireguard` and `ipsec` are tunnels of which it was seen or concluded which. */
export const encryptedValues = ['yes', 'no', 'partly', ...encryptionClasses, 'wireguard', 'ipsec'] as const

type Match = (edge: Edge, facets: readonly Facet[], isRecord: boolean) => boolean

const isEncrypted = (word: string): boolean => encryptedClasses.some((each) => each === word)

/**
 * Of an edge `yes`, `no`, `partly` and `unknown` are all of it, as the map says it; a class is any part of it.
 * Of a flow, or where no World is known, it is what its witness saw. O(facets) or that of the edge's classification.
 */
export function matchEncrypted(value: string, { encryption }: Pick<FilterFacts, 'encryption'>): Match {
  const wanted = value.toLowerCase()
  if (wanted === 'wireguard' || wanted === 'ipsec')
    return (_edge, facets) => facets.some((facet) => facet.encryption === wanted || facet.hop === wanted)
  return (edge, facets, isRecord) => {
    const known = isRecord ? null : encryption?.(edge)
    return known ? edgeIs(known, wanted) : facetsAre(facets, wanted)
  }
}

function edgeIs({ summary, units }: EncryptionDraft, wanted: string): boolean {
  if (wanted === 'yes') return isEncrypted(summary)
  if (wanted === 'no') return summary === 'plaintext'
  if (wanted === 'partly') return summary === 'mixed'
  if (wanted === 'unknown') return summary === 'unknown'
  const layer = wanted === 'mtls' || wanted === 'tunnel'
  return Object.values(units).some((shares) =>
    shares?.some((each) => each.class === wanted || (layer && each.class === 'mtls+tunnel')),
  )
}

function facetsAre(facets: readonly Facet[], wanted: string): boolean {
  const words = facets.flatMap((facet) => [...recordWords(facet)])
  const plain = words.includes('plaintext')
  const encrypted = words.some(isEncrypted)
  if (wanted === 'yes') return encrypted && !plain
  if (wanted === 'no') return plain && !encrypted
  if (wanted === 'partly') return plain && encrypted
  if (wanted === 'unknown') return words.every((word) => word === 'unknown')
  return words.some((word) => word === wanted)
}

/** `tunnel:yes`: a part of it certainly went through a tunnel; `tunnel:no`: certainly none of it can have. */
export function matchTunnel(value: string, { encryption }: Pick<FilterFacts, 'encryption'>): Match {
  const wanted = value.toLowerCase()
  return (edge, facets, isRecord) => {
    const known = isRecord ? null : encryption?.(edge)
    if (known) {
      const layers = layersOf(known)
      if (!layers) return false
      const { tunnel, coverage } = layers.way
      return wanted === 'yes' ? tunnel > 0 : (coverage?.most ?? 0) < dust
    }
    if (wanted === 'yes') return facets.some((facet) => recordWords(facet).has('tunnel'))
    return facets.length > 0 && facets.every((facet) => facet.hop === 'open' || facet.hop === 'same-node')
  }
}

const dust = 1e-9

/** The share of mTLS; holds only where it holds for all that the share can be. */
export function matchMtls(term: FilterTerm): (edge: EncryptionDraft | null | undefined) => boolean {
  const wanted = termNumber(term) ?? Number.NaN
  return (edge) => {
    const bounds = edge ? layersOf(edge)?.identity.coverage : null
    return (
      bounds !== null &&
      bounds !== undefined &&
      compareNumber(rounded(bounds.least), term.op, wanted) &&
      compareNumber(rounded(bounds.most), term.op, wanted)
    )
  }
}

const rounded = (share: number): number => Math.round(share / dust) * dust

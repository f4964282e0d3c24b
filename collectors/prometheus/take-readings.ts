import type { Readings } from '@/core/encryption/ground'
import type { FamilyReader } from './family'

/** What the readers of all families have read beside traffic since they were last asked. */
export function takeReadings(readers: Iterable<FamilyReader>): { readonly readings?: Readings } {
  const taken = [...readers].flatMap((reader) => reader.readings?.() ?? [])
  const tunnels = taken.flatMap((each) => each.tunnels)
  const certificates = taken.flatMap((each) => each.certificates)
  return tunnels.length + certificates.length > 0 ? { readings: { tunnels, certificates } } : {}
}

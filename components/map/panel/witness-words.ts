import { reporters } from '@/core/verdict'
import { sourceName } from '@/core/sources/source-name'

/** `prometheus:istio/destination` as people say it: name of the source and the side that reported. */
export function witnessWords(witness: string): { readonly source: string; readonly side: string } {
  const at = witness.lastIndexOf('/')
  const side = witness.slice(at + 1)
  if (at < 0 || !(reporters as readonly string[]).includes(side)) return { source: sourceName(witness), side: '' }
  return { source: sourceName(witness.slice(0, at)), side: side === 'unknown' ? '' : side }
}

/** Witnesses by their source, in the order of the first of each. */
export function bySource(
  witnesses: readonly string[],
): readonly { readonly source: string; readonly sides: readonly string[] }[] {
  const sides = new Map<string, string[]>()
  for (const witness of witnesses) {
    const { source, side } = witnessWords(witness)
    const own = sides.get(source) ?? []
    sides.set(source, side ? [...own, side] : own)
  }
  return [...sides].map(([source, own]) => ({ source, sides: own }))
}

import type { CodeFigures, OperationFigures } from '@/core/operations/operations'
import { formatPercent } from '../format'
import { witnessWords } from '../map/panel/witness-words'

/** What an operation is called where nobody told it. */
export const notTold = '(not told)'

/** A gRPC method without its package, which all methods of a service share; others as they are. */
export const shortName = ({ l7, name }: Pick<OperationFigures, 'l7' | 'name'>): string =>
  l7 === 'grpc' ? name.replace(/^[\w.]*\.(?=\w+\/)/, '') : name

/** The heading of the names: what they are, where all are of one kind. */
export function operationsHead(rows: readonly OperationFigures[]): string {
  const kinds = new Set(rows.filter(({ name }) => name !== '').map(({ l7 }) => l7))
  if (kinds.size !== 1) return 'Operation'
  if (kinds.has('http')) return 'Route'
  if (kinds.has('grpc')) return 'Method'
  if (kinds.has('dns')) return 'Question'
  return kinds.has('kafka') ? 'Topic' : 'Operation'
}

/** `OK 93.9 % · UNAVAILABLE 5.9 %`, at most `max` of them; '' of none. */
export function codesLine(codes: readonly CodeFigures[], max: number): string {
  const parts = codes.slice(0, max).map(({ code, share }) => `${code || 'not told'} ${formatPercent(share)}`)
  const more = codes.length - parts.length
  return [...parts, ...(more > 0 ? [`${more} more`] : [])].join(' · ')
}

/** `Told by Envoy access logs (destination)`; '' where nobody told. */
export function toldSentence(witnesses: readonly string[]): string {
  const words = [...new Set(witnesses.map(nameOf))]
  return words.length === 0 ? '' : `told by ${words.join(', ')}`
}

function nameOf(witness: string): string {
  const { source, side } = witnessWords(witness)
  return side ? `${source} (${side})` : source
}

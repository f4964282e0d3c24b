import type { Filter, FilterTerm } from '../filter/filter-ast'
import { leavesOf } from '../filter/filter-ast'
import { parseFilter } from '../filter/filter-parse'
import type { Scope } from '../scope'

/**
 * Whether an exception is of who sees a scope: its filter holds for namespaces of the scope alone, and names no other.
 * A filter that may hold anywhere (`port:25`) is of who sees everything.
 */
export function isWithinScope(filter: string, scope: Scope): boolean {
  if (scope.all) return true
  const { filter: parsed } = parseFilter(filter)
  const namespaces = new Set([...scope.pairs].map((pair) => pair.slice(pair.lastIndexOf('/') + 1)))
  const isOwn = (name: string | null) => name !== null && namespaces.has(name)
  const named = leavesOf(parsed).flatMap((leaf) => (leaf.type === 'term' ? (namespaceOf(leaf) ?? []) : []))
  return named.every(isOwn) && isPinned(parsed, isOwn)
}

/** Whether all that match have an end in one of these namespaces. */
function isPinned(filter: Filter, isOwn: (name: string | null) => boolean): boolean {
  switch (filter.type) {
    case 'and':
      return filter.of.some((part) => isPinned(part, isOwn))
    case 'or':
      return filter.of.length > 0 && filter.of.every((part) => isPinned(part, isOwn))
    case 'term':
      return isOwn(namespaceOf(filter))
    default:
      return false
  }
}

/** The namespace that a term names, a glob as it is written; null where it names none. */
function namespaceOf({ field, value }: FilterTerm): string | null {
  if (field === 'ns') return value
  if (field !== 'from' && field !== 'to') return null
  const parts = value.split('/')
  return parts.length === 2 ? (parts[0] ?? null) : parts.length === 4 ? (parts[1] ?? null) : null
}

import type { PlacedBlock } from './compile'
import type { EndMatch, NamespaceMatch } from './end-match'

const known = new WeakMap<readonly PlacedBlock[], Map<string, readonly PlacedBlock[]>>()

/** The blocks that may select workloads of a namespace, in order. Found once: most subjects name their namespace. */
export function blocksOfNamespace(blocks: readonly PlacedBlock[], namespace: string): readonly PlacedBlock[] {
  const found = known.get(blocks) ?? new Map<string, readonly PlacedBlock[]>()
  known.set(blocks, found)
  const before = found.get(namespace)
  if (before) return before
  const own = blocks.filter(({ block }) => namespacesOf(block.subject)?.includes(namespace) !== false)
  found.set(namespace, own)
  return own
}

/** Outside of these a condition is surely not met; null: anywhere it may be. */
export function namespacesOf(match: EndMatch): readonly string[] | null {
  switch (match.is) {
    case 'workload':
    case 'account':
      return named(match.namespace)
    case 'every':
      return match.of.reduce<readonly string[] | null>((found, part) => found ?? namespacesOf(part), null)
    case 'some': {
      const all = match.of.map(namespacesOf)
      return all.some((names) => names === null) ? null : all.flatMap((names) => names ?? [])
    }
    case 'nothing':
      return []
    default:
      return null
  }
}

const named = (match: NamespaceMatch) => (match.by === 'name' ? match.names : null)

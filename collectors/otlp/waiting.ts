import type { Span } from './span'

/** A span that was called by one that has not been seen. */
export type Callee = {
  readonly span: Span
  /** When it came. */
  readonly at: number
  /** Parent and links that have not been seen. */
  awaited: number
  /** Who called is known, or that it was no call of another service. */
  explained: boolean
}

/** Callees by whom they wait for. All O(1) for each parent of a callee, however many wait for the same one. */
export type Waiting = {
  wait(callee: Callee, parentKey: string): void
  forget(callee: Callee): void
  /** Those that wait for this span; they do no longer. */
  take(parentKey: string): Iterable<Callee>
}

const nobody: readonly Callee[] = []

export function createWaiting(): Waiting {
  /** Most parents are waited for by one. */
  const waiting = new Map<string, Callee | Set<Callee>>()
  return {
    wait(callee, parentKey) {
      const others = waiting.get(parentKey)
      if (!others) waiting.set(parentKey, callee)
      else if (others instanceof Set) others.add(callee)
      else waiting.set(parentKey, new Set([others, callee]))
    },
    forget(callee) {
      for (const parentKey of parentsOf(callee.span)) {
        const others = waiting.get(parentKey)
        if (others instanceof Set) others.delete(callee)
        if (others === callee || (others instanceof Set && others.size === 0)) waiting.delete(parentKey)
      }
    },
    take(parentKey) {
      const callees = waiting.get(parentKey)
      if (!callees) return nobody
      waiting.delete(parentKey)
      return callees instanceof Set ? callees : [callees]
    },
  }
}

/** Parent and, of a consumer, links: each once. */
export function parentsOf({ parent, links, kind }: Span): readonly string[] {
  if (kind !== 'consumer' || links.length === 0) return parent ? [parent] : []
  return [...new Set(parent ? [parent, ...links] : links)]
}

/** What a node keeps of one event: when it was, and the response that holds it. */
export type Entry = { readonly time: number; readonly data: Buffer }

/** The newest `capacity` events of a node. Events are numbered from 0; [oldest, next) are held. */
export type Ring = {
  readonly node: string
  readonly capacity: number
  readonly oldest: number
  readonly next: number
  push(entry: Entry): void
  /** Undefined outside [oldest, next). */
  at(index: number): Entry | undefined
}

export function createRing(node: string, capacity: number): Ring {
  const slots: (Entry | undefined)[] = []
  let next = 0
  return {
    node,
    capacity,
    get oldest() {
      return Math.max(0, next - capacity)
    },
    get next() {
      return next
    },
    push(entry) {
      slots[next % capacity] = entry
      next++
    },
    at: (index) => (index < next && index >= next - capacity ? slots[index % capacity] : undefined),
  }
}

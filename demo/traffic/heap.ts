/** A binary min-heap by time; equal times leave in the order in which they came. */
export type TimeHeap<T extends { readonly time: number }> = {
  readonly size: number
  push(item: T): void
  /** Takes the earliest when it is not after `until`. O(log n). */
  popUntil(until: number): T | undefined
}

export function createTimeHeap<T extends { readonly time: number }>(): TimeHeap<T> {
  const items: { readonly item: T; readonly order: number }[] = []
  let order = 0
  const before = (a: number, b: number): boolean => {
    const x = items[a]
    const y = items[b]
    if (!x || !y) return false
    return x.item.time < y.item.time || (x.item.time === y.item.time && x.order < y.order)
  }
  const swap = (a: number, b: number) => {
    const x = items[a]
    const y = items[b]
    if (x && y) [items[a], items[b]] = [y, x]
  }
  return {
    get size() {
      return items.length
    },
    push(item) {
      let i = items.push({ item, order: order++ }) - 1
      for (let parent = (i - 1) >> 1; i > 0 && before(i, parent); i = parent, parent = (i - 1) >> 1) swap(i, parent)
    },
    popUntil(until) {
      const top = items[0]
      if (!top || top.item.time > until) return undefined
      const last = items.pop()
      if (last && items.length) {
        items[0] = last
        for (let i = 0; ;) {
          let least = i
          if (before(2 * i + 1, least)) least = 2 * i + 1
          if (before(2 * i + 2, least)) least = 2 * i + 2
          if (least === i) break
          swap(i, least)
          i = least
        }
      }
      return top.item
    },
  }
}

/**
 * A bounded map of what was used lately: two generations, the older one dropped whole when the
 * younger is full. Holds at most 2 × `max` entries; get and set are O(1).
 */
export type Recent<V> = {
  get(key: string): V | undefined
  set(key: string, value: V): void
  readonly size: number
}

export function createRecent<V>(max: number): Recent<V> {
  let young = new Map<string, V>()
  let old = new Map<string, V>()

  const set = (key: string, value: V) => {
    if (young.size >= max) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }

  return {
    get size() {
      return young.size + old.size
    },
    get(key) {
      const value = young.get(key)
      if (value !== undefined) return value
      const older = old.get(key)
      if (older !== undefined) set(key, older)
      return older
    },
    set,
  }
}

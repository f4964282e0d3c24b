import { createLru } from '@/server/db/names/lru'
import { wallKey } from './wall'

export type Trailing<T> = {
  /**
   * The value under this key; while it is made, the last one of its kind where that is `usable`. Only who finds none
   * waits. A value that could not be made in the background is told to `failed`, and asked for again by the next.
   */
  get(asked: { kind: string; key: string }, make: () => Promise<T>, usable: (last: T) => boolean): Promise<T>
}

/** The last values of at most `max` kinds, apart for each wall. `make` must share what is being made. */
export function createTrailing<T>(max: number, failed: (thrown: unknown) => void): Trailing<T> {
  const lasts = createLru<string, { readonly key: string; readonly value: T }>(max)
  return {
    async get({ kind: asked, key }, make, usable) {
      const kind = `${wallKey()} ${asked}`
      const last = lasts.get(kind)
      if (last?.key === key) return last.value
      const making = make().then((value) => {
        lasts.set(kind, { key, value })
        return value
      })
      if (!last || !usable(last.value)) return making
      making.catch(failed)
      return last.value
    },
  }
}

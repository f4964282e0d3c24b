import type { Labels } from './family'

/** Name and labels of a series: the same object for the same series, from one answer to the next. */
export type ApiHead = {
  /** `__name__`. */
  readonly name: string
  readonly labels: Labels
}

/** Heads by their text, which costs more to read than all else. Holds those of the newest answers. */
export type ApiHeads = {
  get(text: string, make: () => ApiHead | null): ApiHead | null
  /** An answer begins. O(heads) now and then. */
  next(): void
}

/** `answer`: the newest that had it; `at`: its place there. */
type Known = { readonly text: string; readonly head: ApiHead; answer: number; at: number }

/** What did not come for so many answers is forgotten. */
const keptAnswers = 8

export function createApiHeads(): ApiHeads {
  const known = new Map<string, Known>()
  /** The answer before, and this one: servers keep the order, and a comparison is cheaper than a look-up. */
  let before: Known[] = []
  let order: Known[] = []
  let expected = 0
  let answer = 0

  const find = (text: string, make: () => ApiHead | null): Known | null => {
    const guess = before[expected]
    if (guess?.text === text) {
      expected++
      return guess
    }
    const found = known.get(text)
    if (found) {
      expected = found.at + 1
      return found
    }
    const head = make()
    if (!head) return null
    // A copy: a piece of the answer would keep more of it in memory.
    const one = { text: Buffer.from(text).toString(), head, answer, at: 0 }
    known.set(one.text, one)
    return one
  }

  return {
    get(text, make) {
      const one = find(text, make)
      if (!one) return null
      one.answer = answer
      one.at = order.length
      order.push(one)
      return one.head
    },
    next() {
      before = order
      order = []
      expected = 0
      if (++answer % keptAnswers !== 0) return
      for (const [text, one] of known) if (one.answer < answer - keptAnswers) known.delete(text)
    },
  }
}

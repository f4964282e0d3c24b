/** One rule of the engine, flipped. */
export type Flip = {
  /** The rule as it holds, which the flip breaks. */
  readonly rule: string
  /** Stands once in the file. */
  readonly find: string
  readonly put: string
  /** Why no test can notice it; absent: one must. */
  readonly unnoticed?: string
}

/** Flips in one file. `file` and `tests` are below core/policy; the tests are those that run first. */
export type FlippedFile = { readonly file: string; readonly tests: readonly string[]; readonly flips: readonly Flip[] }

/** The text with the rule flipped. Throws where what it looks for does not stand there once. */
export function flipped(file: string, text: string, { rule, find, put }: Flip): string {
  const found = text.split(find).length - 1
  if (found !== 1) throw new Error(`${file}: what the mutant of "${rule}" looks for stands there ${found} times`)
  return text.split(find).join(put)
}

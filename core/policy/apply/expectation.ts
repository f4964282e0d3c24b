/** What a change was said to do to recorded traffic: this edge becomes allowed or denied. */
export type Expectation = {
  /** Of the drawn edge, `from|to|port|protocol`. */
  readonly edge: string
  readonly becomes: 'allowed' | 'denied'
}

/** `mixed`: some was let pass and some was stopped since. */
export type ConfirmationState = 'confirmed' | 'contradicted' | 'mixed' | 'no-traffic'

/** What traffic says of an expectation since the change. Flows, else connections; null: not told. */
export type Confirmation = Expectation & {
  readonly state: ConfirmationState
  readonly allowed: number
  readonly denied: number
}

/** Judges an expectation by what was counted since. */
export function confirm(
  expected: Expectation,
  counted: { readonly allowed: number; readonly denied: number },
): Confirmation {
  const { allowed, denied } = counted
  const [as, against] = expected.becomes === 'allowed' ? [allowed, denied] : [denied, allowed]
  const state = as > 0 ? (against > 0 ? 'mixed' : 'confirmed') : against > 0 ? 'contradicted' : 'no-traffic'
  return { ...expected, allowed, denied, state }
}

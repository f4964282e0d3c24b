/** What an edge can be said to become; `stays-allowed`: the change concerns its ends, and must not stop it. */
export const expectedStates = ['allowed', 'denied', 'stays-allowed'] as const

/** What a change was said to do to recorded traffic. */
export type Expectation = {
  /** Of the drawn edge, `from|to|port|protocol`. */
  readonly edge: string
  readonly becomes: (typeof expectedStates)[number]
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
  const [as, against] = expected.becomes === 'denied' ? [denied, allowed] : [allowed, denied]
  const state = as > 0 ? (against > 0 ? 'mixed' : 'confirmed') : against > 0 ? 'contradicted' : 'no-traffic'
  return { ...expected, allowed, denied, state }
}

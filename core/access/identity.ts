/** Who somebody is, as a provider says. The account is (issuer, subject): names and addresses may change hands. */
export type Identity = {
  readonly issuer: string
  readonly subject: string
  /** For people to read only. */
  readonly name: string
  /** For people to read only; null: not told. */
  readonly email: string | null
  readonly groups: readonly string[]
}

/** Groups of a token; or why they are not known, which is not the same as having none. */
export type GroupsClaim =
  | { readonly groups: readonly string[] }
  /**
   * - absent: the claim is not there
   * - overage: the provider has more of them than it puts into a token (Entra: `_claim_names`)
   * - malformed: it is no list of texts
   * - too-many: more than `mostGroups`
   */
  | { readonly missing: 'absent' | 'overage' | 'malformed' | 'too-many' }

export const mostGroups = 1_000
/** A longer name is of nobody's group. */
export const longestGroup = 256

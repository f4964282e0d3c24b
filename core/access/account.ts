/** Somebody who logged in once. The id is ours; who it is, is (issuer, subject). */
export type Account = {
  readonly id: number
  readonly issuer: string
  readonly subject: string
  /** For people to read only. */
  readonly name: string
  /** As the provider told them last, with the prefix of the provider. */
  readonly groups: readonly string[]
}

/** The issuer of who is known by this machine alone: whoever started Oriel, or holds its one-time password. */
export const localIssuer = 'oriel:local'

export const isLocal = ({ issuer }: Pick<Account, 'issuer'>): boolean => issuer === localIssuer

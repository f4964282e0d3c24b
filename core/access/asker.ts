import type { Account } from './account'
import type { Rights } from './rights'

/** Who asks, and what they may. */
export type Asker = {
  readonly account: Account
  readonly rights: Rights
  /** By what they are known: a session of a browser, or a token of a program. */
  readonly by: { readonly session: number } | { readonly token: number }
  /** The team as whose member they look on; null: as themselves. Their rights are narrowed to it already. */
  readonly viewAs: string | null
}

import type { Account } from './account'
import { noRights, type Rights } from './rights'

/** Who asks, and what they may. */
export type Asker = {
  readonly account: Account
  readonly rights: Rights
  /** By what they are known: a session of a browser, or a token of a program. */
  readonly by: { readonly session: number } | { readonly token: number }
  /** The team as whose member they look on; null: as themselves. Their rights are narrowed to it already. */
  readonly viewAs: string | null
}

/** Who is not logged in, where something is for anybody: they see nothing of what is there now. */
export const anybody: Asker = {
  account: { id: 0, issuer: '', subject: '', name: 'somebody who is not logged in', groups: [] },
  rights: noRights,
  by: { session: 0 },
  viewAs: null,
}

import type { Account } from './account'
import { noRights, type Rights } from './rights'

/** A token of a program. `limited`: to some teams, so that not all that is its owner's is its own. */
type AskedByToken = { readonly token: number; readonly limited: boolean }

/** Who asks, and what they may. */
export type Asker = {
  readonly account: Account
  readonly rights: Rights
  /** By what they are known: a session of a browser, or a token of a program. */
  readonly by: { readonly session: number } | AskedByToken
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

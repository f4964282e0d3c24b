import { localIssuer } from '@/core/access/account'
import type { Asker } from '@/core/access/asker'
import type { Rights } from '@/core/access/rights'
import { everything, type Scope } from '@/core/scope'
import type { Admission } from './access'

/** For tests: somebody who sees and edits this, without logging in. Only who does both everywhere is an administrator. */
export const askerWith = (scope: Scope = everything, rights: Partial<Rights> = {}, account = 1): Asker => ({
  account: {
    id: account,
    issuer: localIssuer,
    subject: `ada-${account}`,
    name: account === 1 ? 'ada' : `person ${account}`,
    groups: [],
  },
  rights: { admin: scope.all, sees: scope, edits: scope, teams: scope.all ? null : [], ...rights },
  by: { session: account },
  viewAs: null,
})

/** For tests: admits everybody as somebody who sees and edits this. */
export const admits =
  (scope?: Scope, rights?: Partial<Rights>, account?: number) =>
  async (_headers: Headers): Promise<Admission> => ({ asker: askerWith(scope, rights, account), cookie: null })

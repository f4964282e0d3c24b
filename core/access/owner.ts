import type { Asker } from './asker'

/** No account has it. */
const nobody = 0

/** The account whose things are the asker's own. A token of some teams has none: its owner's may name others. */
export const selfOf = ({ account, by }: Pick<Asker, 'account' | 'by'>): number =>
  'token' in by && by.limited ? nobody : account.id

/** Whether something is of who asks, by the account that made it: their own, and to administrators everybody's. null: made before there were accounts. */
export const isOwn = (asker: Asker, owner: number | null): boolean => asker.rights.admin || owner === selfOf(asker)

/** Whose things somebody finds in a list: of this account; null is of everybody. */
export const ownerSeen = (asker: Asker): number | null => (asker.rights.admin ? null : selfOf(asker))

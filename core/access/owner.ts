import type { Asker } from './asker'

/** Whether something is of who asks, by the account that made it: their own, and to administrators everybody's. null: made before there were accounts. */
export const isOwn = ({ account, rights }: Asker, owner: number | null): boolean => rights.admin || owner === account.id

/** Whose things somebody finds in a list: of this account; null is of everybody. */
export const ownerSeen = ({ account, rights }: Asker): number | null => (rights.admin ? null : account.id)

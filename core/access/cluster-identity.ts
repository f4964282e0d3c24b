import type { ActedAs } from '../policy/apply/audited-change'
import { isSystemName } from './system-name'

/** How who is logged in is called in clusters. Prefixes are never empty, so that no provider can name an identity of the cluster. */
export type IdentityRules = {
  readonly userPrefix: string
  readonly groupsPrefix: string
  /** Groups that are told to clusters, without the prefix; `*` stands for any letters. null: all. */
  readonly groups: readonly string[] | null
  /** The one user as whom everybody is known there, with groups of their own; null: each by their subject. */
  readonly sharedUser: string | null
}

/** Why somebody has no identity in clusters. */
export type IdentityProblem = 'system' | 'characters' | 'too-long' | 'too-many-groups'

const longestName = 300
const mostToldGroups = 200
/** Bytes of all names together: what proxies before an API server take as headers at least. */
const mostBytes = 12_000

/**
 * The identity of (subject, groups): prefixed, of the allowed groups only, sorted. Groups that no header can carry, or
 * that look like the cluster's own, are left out: fewer groups are fewer rights. A user that does is refused.
 */
export function clusterIdentity(
  { subject, groups }: { readonly subject: string; readonly groups: readonly string[] },
  { userPrefix, groupsPrefix, groups: allowed, sharedUser }: IdentityRules,
): ActedAs | { readonly problem: IdentityProblem } {
  const user = sharedUser ?? `${userPrefix}${subject}`
  const problem = (sharedUser === null ? nameProblem(subject) : null) ?? nameProblem(user)
  if (problem) return { problem }
  const isAllowed = allowed === null ? () => true : anyOf(allowed)
  const told = new Set<string>()
  for (const group of groups) {
    const name = `${groupsPrefix}${group}`
    if (isAllowed(group) && nameProblem(group) === null && nameProblem(name) === null) told.add(name)
  }
  const identity = { user, groups: [...told].sort() }
  return told.size > mostToldGroups || bytesOf(identity) > mostBytes ? { problem: 'too-many-groups' } : identity
}

/** What keeps a name from being told to a cluster; null: nothing. */
export function nameProblem(name: string): IdentityProblem | null {
  if (isSystemName(name)) return 'system'
  if (name.length > longestName) return 'too-long'
  // A header loses the blanks at its ends, and then names somebody else.
  return name === '' || name !== name.trim() || /[\p{C}\p{Zl}\p{Zp}]/u.test(name) ? 'characters' : null
}

/** Whether an identity may be taken on at all, whoever made it. */
export const identityProblem = ({ user, groups }: ActedAs): IdentityProblem | null =>
  [user, ...groups].map(nameProblem).find((problem) => problem !== null) ??
  (groups.length > mostToldGroups || bytesOf({ user, groups }) > mostBytes ? 'too-many-groups' : null)

const encoder = new TextEncoder()

const bytesOf = ({ user, groups }: ActedAs): number =>
  [user, ...groups].reduce((sum, name) => sum + encoder.encode(name).length, 0)

function anyOf(globs: readonly string[]): (name: string) => boolean {
  const patterns = globs.map((glob) => new RegExp(`^${glob.split('*').map(escaped).join('.*')}$`, 'su'))
  return (name) => patterns.some((pattern) => pattern.test(name))
}

const escaped = (text: string) => text.replaceAll(/[\\^$.+?()[\]{}|/]/g, '\\$&')

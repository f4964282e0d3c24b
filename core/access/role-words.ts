import type { Rights } from './rights'

/** Whether somebody may see anything at all, now or once their teams have namespaces. */
export const hasRole = ({ admin, sees, teams }: Rights): boolean =>
  admin || sees.all || sees.pairs.size > 0 || teams === null || teams.length > 0

const mostNamed = 3

/** What somebody may do, as a sentence. */
export function roleWords({ admin, sees, edits, teams }: Rights): string {
  if (admin) return 'Administrator: sees and changes everything'
  const changes = edits.all
    ? 'may change policies'
    : edits.pairs.size > 0
      ? `may change policies in ${edits.pairs.size === 1 ? 'one namespace' : `${edits.pairs.size} namespaces`}`
      : 'changes nothing'
  return `Sees ${sees.all || teams === null ? 'everything' : teamWords(teams)}, ${changes}`
}

function teamWords(teams: readonly string[]): string {
  if (teams.length === 0) return 'nothing yet'
  const named = teams.slice(0, mostNamed)
  const more = teams.length - named.length
  const parts = more > 0 ? [...named, `${more} more`] : named
  const last = parts.at(-1) ?? ''
  const list = parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
  return `what team${teams.length === 1 ? '' : 's'} ${list} ${teams.length === 1 ? 'has' : 'have'}`
}

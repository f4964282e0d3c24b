import { createHash } from 'node:crypto'
import { type Grant, roles } from '@/core/access/rights'
import { namespaceRule, type Team } from '@/core/access/team'
import { type KnownNamespaces, type TeamNamespaces, teamNamespaces } from '@/core/access/team-namespaces'
import { type GrantRow, readGrants } from '@/server/db/access/read-grants'
import { readKnownNamespaces } from '@/server/db/access/read-known-namespaces'
import { readTeams, type TeamRow } from '@/server/db/access/read-teams'
import { database } from './database'
import { env } from './env'
import { processWide } from './process-wide'
import { pastTheWall } from './wall'

/** What everybody's rights are worked out from. */
export type AccessFacts = {
  /** That give rights: those of the file, then those of the database. */
  readonly teams: readonly Team[]
  /** Rows of the database; one of a name that the file has too is in no other part. */
  readonly rows: readonly TeamRow[]
  readonly grantRows: readonly GrantRow[]
  readonly grants: readonly Grant[]
  readonly known: KnownNamespaces
  readonly namespaces: TeamNamespaces
}

/** How long a change that nobody told of may go unseen. */
const maxAgeMs = 30_000

type Kept = { current: { readonly facts: Promise<AccessFacts>; readonly at: number } | null }
const kept = () => processWide<Kept>('access-facts', () => ({ current: null }))

/** Teams, roles and known namespaces as of now, or up to half a minute ago. */
export function loadAccessFacts(now = Date.now()): Promise<AccessFacts> {
  const holder = kept()
  if (holder.current && now - holder.current.at < maxAgeMs) return holder.current.facts
  // Who asks within a scope may be the first to ask, and what is read is for everybody.
  const facts = pastTheWall(readFacts, (all) => all)
  const mine = { facts, at: now }
  holder.current = mine
  facts.catch(() => {
    if (holder.current === mine) holder.current = null
  })
  return facts
}

/** Who asks next reads anew; what is being read now is given to nobody who asks later. */
export function forgetAccessFacts(): void {
  kept().current = null
}

const nothingKnown: KnownNamespaces = { clusters: [], namespaces: [] }

async function readFacts(): Promise<AccessFacts> {
  const hasDatabase = env().database.url !== undefined
  const [rows, grantRows, known] = hasDatabase
    ? await Promise.all([readTeams(database()), readGrants(database()), readKnownNamespaces(database())])
    : [[], [], nothingKnown]
  const ofFile = fileTeams()
  const taken = new Set(ofFile.map(({ name }) => name.toLowerCase()))
  const ofDatabase = rows
    .filter(({ name }) => !taken.has(name.toLowerCase()))
    .map(({ name, namespaces, viewers, editors }): Team => ({ name, namespaces, viewers, editors, from: 'database' }))
  const teams = [...ofFile, ...ofDatabase]
  return {
    teams,
    rows,
    grantRows,
    grants: [...roles.map((role) => everywhere(role, grantRows)), ...teams.flatMap(grantsOfTeam)],
    known,
    namespaces: namespacesOf(teams, known),
  }
}

type Worked = { last: { readonly key: string; readonly namespaces: TeamNamespaces } | null }
const worked = () => processWide<Worked>('team-namespaces', () => ({ last: null }))

/** Worked out anew where teams or namespaces are others than before: O(rules of teams × namespaces); 500 teams with 3 rules each in 3,000 namespaces took a second on a busy machine. */
function namespacesOf(teams: readonly Team[], known: KnownNamespaces): TeamNamespaces {
  const key = createHash('sha1')
    .update(JSON.stringify([teams, known]))
    .digest('base64')
  const { last } = worked()
  if (last?.key === key) return last.namespaces
  const namespaces = teamNamespaces(teams, known)
  worked().last = { key, namespaces }
  return namespaces
}

/** The teams of the configuration file. */
export const fileTeams = (): readonly Team[] =>
  env().teams.map(({ name, namespaces, selector, viewers, editors }) => ({
    name,
    namespaces: [...namespaces.map(namespaceRule), ...(selector === undefined ? [] : [{ cluster: null, selector }])],
    viewers,
    editors,
    from: 'file' as const,
  }))

const everywhere = (role: Grant['role'], rows: readonly GrantRow[]): Grant => ({
  role,
  groups: [...env().auth.roles[role], ...(rows.find((row) => row.role === role)?.groups ?? [])],
  teams: null,
})

const grantsOfTeam = ({ name, viewers, editors }: Team): readonly Grant[] => [
  { role: 'viewer', groups: viewers, teams: [name] },
  { role: 'editor', groups: editors, teams: [name] },
]

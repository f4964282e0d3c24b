import type { TestDatabase } from '@/server/db/testing'
import { writeAccount } from '@/server/db/access/write-account'
import { writeSession } from '@/server/db/access/write-session'
import { writeTeam } from '@/server/db/access/write-team'
import { writeToken } from '@/server/db/access/write-token'
import { hashOf } from '@/server/link-token'
import { now, type Team, teams } from './testing-teams'

const day = 86_400_000

/** Each team's people: a member with a session and a token, and the team itself. Account 1 is nobody's: it is who asks. */
export async function writeAccess(db: TestDatabase): Promise<void> {
  await writeAccount(db.pool, { issuer: 'oriel:local', subject: 'ada-1', name: 'ada', email: null, groups: [] })
  for (const team of teams) await writeMember(db, team)
}

async function writeMember(db: TestDatabase, team: Team): Promise<void> {
  const account = await writeAccount(db.pool, {
    issuer: `https://${team}.example`,
    subject: `${team}-subject`,
    name: `${team}-person`,
    email: `${team}@example.org`,
    groups: [`${team}-group`],
  })
  const endsAt = now + day
  await writeSession(db.pool, {
    tokenHash: hashOf(`session of ${team}`),
    account,
    provider: team,
    providerSession: null,
    endsAt,
    address: `${team}-address`,
    agent: `${team}-agent`,
  })
  const tokenHash = hashOf(`token of ${team}`)
  await writeToken(db.pool, {
    tokenHash,
    name: `${team}-token`,
    account,
    role: 'viewer',
    teams: [`${team}-team`],
    endsAt,
  })
  const namespaces = [{ cluster: null, name: `${team}-*` }]
  const content = { name: `${team}-team`, namespaces, viewers: [`${team}-group`], editors: [`${team}-leads`] }
  await writeTeam(db.pool, content, `${team}-person`)
}

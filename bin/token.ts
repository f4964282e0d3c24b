import { isRole, roles } from '@/core/access/rights'
import { clean } from '@/core/text/text'
import { apiToken, newTokenSecret } from '@/server/api-token'
import { localAdministrator } from '@/server/auth/local-login'
import { createPool } from '@/server/db/pool'
import { readTeams } from '@/server/db/access/read-teams'
import { readTokens } from '@/server/db/access/read-tokens'
import { writeAuditEvent } from '@/server/db/audit/write-audit-event'
import { writeAccount } from '@/server/db/access/write-account'
import { writeToken } from '@/server/db/access/write-token'
import { AppError } from '@/server/errors'
import { hashOf } from '@/server/link-token'
import { openDatabase } from './database'
import { checkStateIsThere, sayWhereNew } from './known-state'
import { applySettings, type SettingOptions } from './settings'

export type TokenCommand = SettingOptions & {
  readonly name: string
  readonly role: string
  readonly teams?: readonly string[]
  readonly days: string
}

const day = 86_400_000

/** Prints a token of the local administrator, once. Whoever can read the database's password may make one. */
export async function createToken({ name: given, role, teams, days, ...options }: TokenCommand): Promise<void> {
  const name = clean(given, 200).trim()
  if (name === '' || name.length > 80)
    throw new AppError('invalid', 'Give --name: what the token is for, in at most 80 characters.')
  if (!isRole(role)) throw new AppError('invalid', `There is no role “${role}”; choose ${roles.join(', ')}.`)
  if (role === 'admin' && teams)
    throw new AppError('invalid', 'An administrator is one of everything; leave out --teams or choose another role.')
  const lasts = Number(days)
  if (!Number.isInteger(lasts) || lasts < 1 || lasts > 365)
    throw new AppError('invalid', 'Give --days as a number from 1 to 365.')
  const config = applySettings(options)
  sayWhereNew(config)
  const database = await openDatabase(config)
  const pool = createPool(database.url, { max: 1, name: 'oriel token' })
  try {
    const known = new Set([...config.teams, ...(await readTeams(pool))].map((team) => team.name))
    const missing = teams?.filter((team) => !known.has(team)) ?? []
    if (missing.length > 0)
      throw new AppError('invalid', `There is no team ${missing.join(', ')}. ${teamsThere(known)}`)
    const secret = newTokenSecret()
    const account = await writeAccount(pool, localAdministrator)
    const endsAt = Date.now() + lasts * day
    const id = await writeToken(pool, { tokenHash: hashOf(secret), name, account, role, teams: teams ?? null, endsAt })
    await writeAuditEvent(pool, {
      action: 'token.made',
      actor: { account, name: localAdministrator.name },
      by: 'local',
      target: name,
      after: { role, teams: teams ?? null, days: lasts },
      result: 'done',
      requestId: null,
      from: '',
    })
    console.log(apiToken(id, secret))
  } finally {
    await pool.end()
    await database.stop()
  }
}

const teamsThere = (known: ReadonlySet<string>) =>
  known.size === 0 ? 'There is none yet: make one in Settings.' : `There are ${[...known].join(', ')}.`

/** Lists tokens that are valid, without what they are. */
export async function listTokens(options: SettingOptions): Promise<void> {
  const config = applySettings(options)
  checkStateIsThere(config)
  const database = await openDatabase(config)
  const pool = createPool(database.url, { max: 1, name: 'oriel token' })
  try {
    const tokens = await readTokens(pool, null)
    for (const { id, name, owner, role, teams, endsAt } of tokens)
      console.log([id, name, owner, role, teams?.join(',') ?? 'all teams', new Date(endsAt).toISOString()].join('\t'))
    if (tokens.length === 0) console.log('There are no tokens; oriel token create --name NAME makes one.')
  } finally {
    await pool.end()
    await database.stop()
  }
}

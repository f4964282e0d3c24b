import { z } from 'zod'
import { isSystemGroup } from '@/core/access/rights'
import { longestGroup } from '@/core/access/identity'
import { lookOf, mixesScripts } from '@/core/access/team-look'
import { clean } from '@/core/text/text'
import { fileTeams } from '@/server/access-facts'
import type { TeamRow } from '@/server/db/access/read-teams'
import { AppError } from '@/server/errors'
import { maxRules, namespaceRuleSchema } from '@/server/views/schemas/teams'

const maxGroups = 200

/** Names of groups, each once, as the provider tells them. */
export const groupsInput = z
  .array(
    z
      .string()
      .max(longestGroup, `at most ${longestGroup} characters`)
      .transform((group) => group.trim())
      .refine((group) => group !== '' && clean(group, longestGroup) === group, 'write a name of a group')
      .refine(
        (group) => !isSystemGroup(group),
        'groups that begin with system: are the clusters’ own and give no rights',
      ),
  )
  .max(maxGroups, `at most ${maxGroups} groups`)
  .transform((groups) => [...new Set(groups)])

/** A team as it is written. */
export const teamShape = {
  name: z
    .string()
    .transform((name) => clean(name, 200).trim())
    .pipe(z.string().regex(/^[^,|/]{1,63}$/, 'write a name of at most 63 letters, without commas, bars and slashes')),
  namespaces: z.array(namespaceRuleSchema).max(maxRules, `at most ${maxRules} rules`),
  viewers: groupsInput.describe('Groups whose members see the namespaces.'),
  editors: groupsInput.describe('Groups whose members also change policies there.'),
}

/** A team as it was written: its name without what does not show, and its version. */
export const writtenTeam = z.strictObject({ id: z.number(), name: z.string(), version: z.number() })

export const rowId = z.coerce
  .number('give its number')
  .int()
  .min(1)
  .max(2_147_483_647)
  .describe('The id of its row in its list.')

/** The version that somebody saw and changes. */
export const seenVersion = z
  .number()
  .int()
  .min(0)
  .describe('The version that you saw; another one means that somebody changed it meanwhile.')

/** A name of the configuration file is the file’s alone. Throws AppError('conflict'). */
export function checkTeamName(name: string): void {
  if (!fileTeams().some((team) => team.name.toLowerCase() === name.toLowerCase())) return
  throw new AppError('conflict', `The configuration file has a team called “${name}”. Choose another name.`)
}

/** Nobody is to take a team for another one. `id`: of the team that is renamed. Throws AppError. */
export function checkTeamLook(name: string, teams: readonly TeamRow[], id: number | null): void {
  const look = lookOf(name)
  if (look === '') throw new AppError('invalid', 'name: write a name that can be seen')
  if (mixesScripts(name))
    throw new AppError(
      'invalid',
      'name: write letters of one script, such as Latin, so that nobody takes it for another name',
    )
  const others = [
    ...fileTeams().map((team) => team.name),
    ...teams.filter((team) => team.id !== id).map((team) => team.name),
  ]
  // The very same name has a sentence of its own.
  const taken = others.find((other) => lookOf(other) === look && other.toLowerCase() !== name.toLowerCase())
  if (taken === undefined) return
  throw new AppError('conflict', `This name looks like that of the team “${taken}”. Choose another name.`)
}

export const changedMeanwhile = () =>
  new AppError('conflict', 'Somebody changed or deleted it meanwhile. Load it again and repeat your change.')

import { z } from 'zod'
import { lookOf, mixesScripts } from '@/core/access/team-look'
import { teamGroups } from './env-auth'

const team = z
  .strictObject({
    name: z.string().regex(/^[^,|/]{1,63}$/, 'write a name of at most 63 letters, without commas, bars and slashes'),
    namespaces: z.array(z.string().min(1).max(200)).default([]),
    selector: z.string().min(1).max(1_000).optional().describe('A label selector on namespaces.'),
    viewers: teamGroups.describe('Groups whose members see these namespaces.'),
    editors: teamGroups.describe('Groups whose members also change policies there.'),
  })
  .check(({ value, issues }) => {
    // Its members would see nothing, and nothing would say why.
    if (value.namespaces.length === 0 && value.selector === undefined)
      issues.push({
        code: 'custom',
        path: ['namespaces'],
        message: `team ${value.name} has no namespace, so its groups see nothing; name some, such as [shop, "shop-*"], write a selector, or take the team out`,
        input: value.namespaces,
      })
  })

/** Teams of the configuration file, none of which can be taken for another. */
export const teamsSchema = z
  .array(team)
  .check(({ value, issues }) => {
    const first = new Map<string, number>()
    value.forEach(({ name }, at) => {
      const look = lookOf(name)
      const say = (message: string) => issues.push({ code: 'custom', path: [at, 'name'], message, input: name })
      const earlier = first.get(look)
      if (look === '') say('write a name that can be seen')
      else if (mixesScripts(name))
        say('write letters of one script, such as Latin, so that nobody takes it for another name')
      else if (earlier === undefined) first.set(look, at)
      else say(likenessWords(value[earlier]?.name ?? '', name, earlier))
    })
  })
  .default([])
  .describe('Teams by their namespaces: names, in which * stands for any letters; cluster/namespace for one cluster.')

const likenessWords = (earlier: string, name: string, at: number): string =>
  earlier === name
    ? `teams.${at} is called “${name}” too; make one team of both, or give this one another name`
    : `“${name}” looks like “${earlier}”, the name of teams.${at}; give this one another name`

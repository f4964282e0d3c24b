import { namespaceRule, type Team } from '@/core/access/team'
import { env } from './env'

/** Every team: those of the configuration file. */
export async function loadTeams(): Promise<readonly Team[]> {
  return env().teams.map(({ name, namespaces, selector, viewers, editors }) => ({
    name,
    namespaces: [...namespaces.map(namespaceRule), ...(selector === undefined ? [] : [{ cluster: null, selector }])],
    viewers,
    editors,
    from: 'file' as const,
  }))
}

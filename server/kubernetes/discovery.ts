import type { KubeConnection } from './client'
import { KubeStatusError, openKubernetes, readBody, type RequestLimits } from './request'
import { fields, list, text } from './read-object'
import type { Resource } from './resource'

/** Which resources the API server serves. */
export type Discovery = {
  /** null: it cannot be told, because discovery is not allowed or did not answer. Never rejects. */
  serves(resource: Resource): Promise<boolean | null>
}

type Known = {
  readonly at: number
  /** Versions by group. */
  readonly groups: Promise<ReadonlyMap<string, ReadonlySet<string>> | null>
  /** Plurals by `group/version`, of those that were asked for. */
  readonly plurals: Map<string, Promise<ReadonlySet<string> | null>>
}

const maxBytes = 4 * 2 ** 20

/**
 * Asks once for the groups and once for each version that someone is interested in, whatever the number of kinds, and
 * again when that is older than `maxAgeMs`: definitions come and go.
 */
export function createDiscovery(connection: KubeConnection, limits: RequestLimits, maxAgeMs: number): Discovery {
  const read = async (path: string): Promise<unknown> =>
    JSON.parse(await readBody(await openKubernetes(connection, path, {}, limits), maxBytes))

  const readGroups = async () => {
    const { groups } = fields(await read('/apis'))
    if (!Array.isArray(groups)) return null
    const versionsOf = (group: unknown) => list(fields(group).versions).map((one) => text(fields(one).version))
    return new Map(groups.map((group) => [text(fields(group).name), new Set(versionsOf(group))]))
  }

  const readPlurals = async (groupVersion: string) => {
    const { resources } = fields(await read(`/apis/${groupVersion}`))
    return Array.isArray(resources) ? new Set(resources.map((one) => text(fields(one).name))) : null
  }

  let known: Known | null = null
  const current = (): Known => {
    if (!known || Date.now() - known.at >= maxAgeMs)
      known = { at: Date.now(), groups: readGroups().catch(() => null), plurals: new Map() }
    return known
  }

  return {
    async serves({ group, version, plural }) {
      const { groups, plurals } = current()
      const served = await groups
      if (group === '' || !served) return group === '' ? true : null
      if (!served.get(group)?.has(version)) return false
      const key = `${group}/${version}`
      let found = plurals.get(key)
      if (!found) plurals.set(key, (found = readPlurals(key).catch(unlessGone)))
      const names = await found
      return names && names.has(plural)
    },
  }
}

/** A version that went between both questions serves nothing; of one that does not answer nothing is known. */
const unlessGone = (thrown: unknown): ReadonlySet<string> | null =>
  thrown instanceof KubeStatusError && thrown.status === 404 ? new Set() : null

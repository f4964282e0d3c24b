import type { Labels } from './inventory-object'

/** What says which team a namespace belongs to: names with globs of namespaces, then labels of the namespace. */
export type TeamRules = {
  readonly teams: readonly { readonly name: string; readonly namespaces: readonly string[] }[]
  /** Labels whose value is the team, the first that is there. */
  readonly labels: readonly string[]
}

/** A namespace with its labels, as far as they are known. */
export type NamespaceLabels = { readonly cluster: string; readonly namespace: string; readonly labels: Labels }

/** Teams by `cluster/namespace`; a namespace without a team is absent and stands alone. */
export type Teams = ReadonlyMap<string, string>

/** What no name may hold: these separate names in ids and in addresses. */
const separators = /[,|/]/g
const longest = 63

/**
 * The teams of namespaces. The first configured team of which a glob fits wins over every label. A glob
 * is a name in which `*` stands for any letters; one with a slash is of `cluster/namespace`.
 * O(namespaces × globs).
 */
export function teamsOf(namespaces: Iterable<NamespaceLabels>, { teams, labels }: TeamRules): Teams {
  const rules = teams.map(({ name, namespaces: globs }) => ({ name, globs: globs.map(compileGlob) }))
  const found = new Map<string, string>()
  for (const { cluster, namespace, labels: own } of namespaces) {
    const region = `${cluster}/${namespace}`
    const configured = rules.find(({ globs }) => globs.some((fits) => fits(namespace, region)))?.name
    const labelled = labels.map((label) => (Object.hasOwn(own, label) ? own[label] : undefined)).find(Boolean)
    const team = (configured ?? labelled ?? '').replaceAll(separators, '-').slice(0, longest)
    if (team !== '') found.set(region, team)
  }
  return found
}

const escaped = (text: string) => text.replaceAll(/[\\^$.+?()[\]{}|]/g, '\\$&')

function compileGlob(glob: string): (namespace: string, region: string) => boolean {
  const pattern = new RegExp(`^${glob.split('*').map(escaped).join('.*')}$`)
  return glob.includes('/') ? (_namespace, region) => pattern.test(region) : (namespace) => pattern.test(namespace)
}

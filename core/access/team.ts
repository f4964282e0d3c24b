/** Which namespaces: by name, in which `*` stands for any letters, or by a label selector. `cluster` null: of every cluster. */
export type NamespaceRule =
  | { readonly cluster: string | null; readonly name: string }
  | { readonly cluster: string | null; readonly selector: string }

/** A name as a rule may have it: as Kubernetes takes names of namespaces, with stars. */
export const ruleName = /^[a-z0-9*](?:[a-z0-9*-]*[a-z0-9*])?$/

/** Namespaces that belong together, and who may see and edit them. */
export type Team = {
  readonly name: string
  readonly namespaces: readonly NamespaceRule[]
  /** Groups of whom each member sees the namespaces. */
  readonly viewers: readonly string[]
  /** Groups of whom each member also changes policies there. */
  readonly editors: readonly string[]
  /** Where it is written: in the configuration file, which only its writer changes, or in the database. */
  readonly from: 'file' | 'database'
}

/** The rule of a text of the configuration: `name` or `cluster/name`. A cluster's name may have slashes (ARNs do), a namespace's has none. */
export function namespaceRule(text: string): NamespaceRule {
  const slash = text.lastIndexOf('/')
  const cluster = text.slice(0, Math.max(0, slash))
  return { cluster: slash < 0 || cluster === '*' ? null : cluster, name: text.slice(slash + 1) }
}

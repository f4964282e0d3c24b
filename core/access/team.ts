/** Which namespaces: by name, in which `*` stands for any letters, or by a label selector. `cluster` null: of every cluster. */
export type NamespaceRule =
  | { readonly cluster: string | null; readonly name: string }
  | { readonly cluster: string | null; readonly selector: string }

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

/** The rule of a text of the configuration: `name` or `cluster/name`. */
export function namespaceRule(text: string): NamespaceRule {
  const slash = text.indexOf('/')
  return slash < 0
    ? { cluster: null, name: text }
    : { cluster: text.slice(0, slash) === '*' ? null : text.slice(0, slash), name: text.slice(slash + 1) }
}

/** What the cluster has that may be written, for completion. */
export type CompletionContext = {
  readonly namespaces: readonly string[]
  /** Values by key, of pods. */
  readonly labels: Readonly<Record<string, readonly string[]>>
  /** The same of namespaces. */
  readonly namespaceLabels: Readonly<Record<string, readonly string[]>>
  /** Numbers and names of ports. */
  readonly ports: readonly (number | string)[]
  readonly tiers: readonly string[]
}

/** What may stand at a place of the text. `from`, `to`: the part that a choice takes the place of. */
export type Completions = {
  readonly from: number
  readonly to: number
  readonly choices: readonly CompletionChoice[]
}

/** `insert`: the text to write, with `: ` behind a field. `detail`: a type or kind; `info`: one line. */
export type CompletionChoice = {
  readonly label: string
  readonly insert: string
  readonly type: 'field' | 'value' | 'label' | 'name'
  readonly detail: string
  readonly info: string
}

/** What may stand at a place of an object. */
export type SchemaNode =
  | { readonly is: 'map'; readonly fields: Readonly<Record<string, SchemaField>>; readonly labels?: LabelSource }
  | { readonly is: 'list'; readonly of: SchemaNode }
  | { readonly is: 'word'; readonly words: readonly string[] }
  /** `from`: what of the cluster it may be. */
  | { readonly is: 'text' | 'number'; readonly from: TextSource | null }

/** Whose labels: of pods or of namespaces. */
export type LabelSource = 'labels' | 'namespaceLabels'
export type TextSource =
  | 'namespaces'
  | 'ports'
  | 'port-texts'
  | 'tiers'
  | 'key'
  | 'values'
  | 'namespace-key'
  | 'namespace-values'
export type SchemaField = { readonly node: SchemaNode; readonly info: string }

type Fields = Readonly<Record<string, readonly [SchemaNode, string]>>

export const map = (fields: Fields): SchemaNode => ({
  is: 'map',
  fields: Object.fromEntries(Object.entries(fields).map(([name, [node, info]]) => [name, { node, info }])),
})
export const list = (of: SchemaNode): SchemaNode => ({ is: 'list', of })
export const word = (...words: readonly string[]): SchemaNode => ({ is: 'word', words })
export const text = (from: TextSource | null = null): SchemaNode => ({ is: 'text', from })
export const number = (from: TextSource | null = null): SchemaNode => ({ is: 'number', from })
export const flag = word('true', 'false')
export const labels = (of: LabelSource): SchemaNode => ({ is: 'map', fields: {}, labels: of })

const selectorOf = (of: LabelSource) =>
  map({
    matchLabels: [labels(of), 'Labels that must all have these values.'],
    matchExpressions: [
      list(
        map({
          key: [text(of === 'labels' ? 'key' : 'namespace-key'), 'The label that it is about.'],
          operator: [word('In', 'NotIn', 'Exists', 'DoesNotExist'), 'NotIn and DoesNotExist hold where it is missing.'],
          values: [list(text(of === 'labels' ? 'values' : 'namespace-values')), 'For In and NotIn.'],
        }),
      ),
      'Conditions that must all hold.',
    ],
  })

/** Empty: every pod, or every namespace. */
export const podSelector = selectorOf('labels')
export const namespaceSelector = selectorOf('namespaceLabels')

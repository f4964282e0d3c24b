import { isFields } from '../../read'
import type { CompletionChoice, CompletionContext } from '../completion'
import { textOf } from '../kinds/fields'
import { valueAt } from '../object-op'
import type { Path } from '../path'
import type { SchemaNode } from './node'

const most = 200

/** Keys that a map may have and has not yet. `named`: the colon is there already. */
export function fieldChoices(
  node: SchemaNode,
  taken: readonly string[],
  context: CompletionContext,
  named: boolean,
): readonly CompletionChoice[] {
  if (node.is !== 'map') return []
  if (node.labels) {
    const known = Object.entries(context[node.labels]).filter(([key]) => !taken.includes(key))
    return known.slice(0, most).map(([key, values]) => ({
      label: key,
      insert: named ? key : `${key}: `,
      type: 'label',
      detail: `${values.length} ${values.length === 1 ? 'value' : 'values'}`,
      info: values.slice(0, 5).join(', '),
    }))
  }
  return Object.entries(node.fields)
    .filter(([key]) => !taken.includes(key))
    .map(([key, { node: of, info }]) => ({
      label: key,
      insert: named ? key : of.is === 'map' || of.is === 'list' ? `${key}:` : `${key}: `,
      type: 'field',
      detail: of.is === 'word' ? of.words.slice(0, 4).join(' | ') : of.is,
      info,
    }))
}

/** Values that may stand at a path of an object. */
export function choicesFor(
  node: SchemaNode,
  object: unknown,
  path: Path,
  context: CompletionContext,
): readonly CompletionChoice[] {
  const value = (label: string, insert = label): CompletionChoice => ({
    label,
    insert,
    type: 'value',
    detail: '',
    info: '',
  })
  const named = (label: string): CompletionChoice => ({ ...value(label), type: 'name' })
  if (node.is === 'word') return node.words.map((word) => value(word))
  // The value of a label, of which the key is the last step.
  if (node.is === 'map' && node.labels)
    return (context[node.labels][String(path.at(-1))] ?? []).slice(0, most).map(named)
  if (node.is !== 'text' && node.is !== 'number') return []
  switch (node.from) {
    case 'namespaces':
      return context.namespaces.slice(0, most).map(named)
    case 'tiers':
      return context.tiers.map(named)
    case 'ports':
      return context.ports
        .filter((port) => node.is === 'text' || typeof port === 'number')
        .map((port) => value(String(port)))
    case 'port-texts':
      return context.ports.map((port) => value(String(port), typeof port === 'number' ? `"${port}"` : port))
    case 'key':
      return Object.keys(context.labels).slice(0, most).map(named)
    case 'namespace-key':
      return Object.keys(context.namespaceLabels).slice(0, most).map(named)
    case 'values':
      return valuesOf(context.labels, object, path).map(named)
    case 'namespace-values':
      return valuesOf(context.namespaceLabels, object, path).map(named)
    default:
      return []
  }
}

/** Of the label that the expression around is about. */
function valuesOf(labels: CompletionContext['labels'], object: unknown, path: Path): readonly string[] {
  const expression = valueAt(object, path.slice(0, -2))
  const key = isFields(expression) ? textOf(expression.key) : null
  return key === null ? [] : (labels[key] ?? []).slice(0, most)
}

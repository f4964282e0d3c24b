import type { Endpoint } from '../endpoint'
import type { Filter, FilterField } from '../filter/filter-ast'
import { compileNamed, endTest } from '../filter/filter-end'
import { noFacts } from '../filter/filter-facts'
import { nodeLeaf } from '../filter/filter-match'

/**
 * Tells which machines of the cluster the map leaves out, because they probe and are probed by
 * everything: all, unless `nodes` asks for them or a part of the filter names them (`kind:Node`, `to:node-1`).
 */
export function hiddenNode(filter: Filter, nodes: boolean): (node: Endpoint) => boolean {
  const named = namesIn(filter)
  return (node) => !nodes && !named.some((names) => names(node))
}

/** The parts of a filter that name an endpoint by itself; what is negated names nobody. */
function namesIn(filter: Filter): ((endpoint: Endpoint) => boolean)[] {
  if (filter.type === 'and' || filter.type === 'or') return filter.of.flatMap(namesIn)
  if (filter.type === 'text') return [nodeLeaf(filter)].filter((leaf) => leaf !== null)
  if (filter.type !== 'term') return []
  if (filter.field === 'from' || filter.field === 'to') return [compileNamed(filter.value)]
  if (!naming.has(filter.field)) return []
  return [endTest(filter, noFacts)].filter((test) => test !== null)
}

const naming: ReadonlySet<FilterField> = new Set(['name', 'kind', 'ip', 'is'])

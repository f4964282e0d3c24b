import type { FlowCondition } from './flow-condition'
import type { Edge } from '../world'

/**
 * The same condition of these edges with lists of more than half of them told by the others: PostgreSQL weighs each
 * number of a list when it plans a statement, which takes longer than reading a page. O(ids).
 */
export function withShortLists(condition: FlowCondition, edges: ReadonlyMap<number, Edge>): FlowCondition {
  switch (condition.type) {
    case 'edges': {
      if (condition.ids.size * 2 <= edges.size) return condition
      const others = new Set([...edges.keys()].filter((id) => !condition.ids.has(id)))
      return { type: 'not', of: { type: 'edges', ids: others } }
    }
    case 'not':
      return { type: 'not', of: withShortLists(condition.of, edges) }
    case 'and':
    case 'or':
      return { type: condition.type, of: condition.of.map((part) => withShortLists(part, edges)) }
    default:
      return condition
  }
}

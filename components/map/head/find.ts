import type { Graph } from '@/core/graph/graph'

/** Nodes whose name, namespace or kind holds a text, for highlighting while typing; empty for less than two letters. */
export function findNodes(graph: Pick<Graph, 'nodes'>, text: string): ReadonlySet<string> {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && !word.includes(':'))
  if (words.join('').length < 2) return new Set()
  const found = graph.nodes.filter((node) => {
    const all = `${node.namespace}/${node.name} ${node.kind}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
  return new Set(found.map((node) => node.id))
}

import { byRegion, edgeWords, type ExportPart, nameText } from './export-parts'
import type { Health } from '../figures/figures'
import type { GraphEdge, GraphNode } from '../graph/graph'

/** More is no picture any more, and Graphviz takes minutes. */
export const maxDotEdges = 2_000

const colours: Readonly<Record<Health, string>> = {
  failing: '#b3261e',
  degraded: '#b26a00',
  healthy: '#6f7787',
  unknown: '#9aa1ad',
}

/** A Graphviz digraph: namespaces as clusters, colour and style by health, figures on the edges. Every name is a quoted string. */
export function dot({ nodes, edges, note }: ExportPart, title: string): string {
  const ids = new Map(nodes.map((node, i) => [node.id, `n${i}`]))
  const lines = [
    'digraph oriel {',
    `  graph [rankdir=LR, labelloc=t, fontname="sans-serif", label=${quoted(note ? `${title}, ${note}` : title)}];`,
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9];',
  ]
  for (const [i, [region, members]] of byRegion(nodes).entries()) {
    const inside = members.map((node) => `${ids.get(node.id)} ${attributes(node)};`)
    if (region === '') lines.push(...inside.map((line) => `  ${line}`))
    else
      lines.push(
        `  subgraph cluster_${i} {`,
        `    graph [label=${quoted(region)}, color="#c9ced8"];`,
        ...inside.map((line) => `    ${line}`),
        '  }',
      )
  }
  for (const edge of edges) {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)]
    if (from && to) lines.push(`  ${from} -> ${to} ${edgeAttributes(edge)};`)
  }
  return `${[...lines, '}'].join('\n')}\n`
}

function attributes(node: GraphNode): string {
  const unwell = node.health === 'failing' || node.health === 'degraded'
  const shape = node.type === 'external' || node.type === 'unknown' ? 'diamond' : node.dataStore ? 'cylinder' : 'box'
  const name = nameText(node.name) + (node.type === 'namespace' ? ` (${node.members})` : '')
  return `[label=${quoted(name)}, shape=${shape}, color="${colours[node.health]}", penwidth=${unwell ? 2.4 : 1}]`
}

function edgeAttributes(edge: GraphEdge): string {
  const denied = edge.figures.verdicts.denied && !edge.figures.verdicts.allowed
  const style = denied || edge.health === 'unknown' ? 'dashed' : 'solid'
  return `[label=${quoted(edgeWords(edge))}, color="${colours[edge.health]}", style=${style}, arrowhead=${denied ? 'tee' : 'normal'}]`
}

/** A double-quoted string; the backslash would start an escape (`\\N` is the node's name). */
const quoted = (value: string): string => `"${nameText(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

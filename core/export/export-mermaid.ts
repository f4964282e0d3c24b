import { byRegion, edgeWords, type ExportPart, nameText } from './export-parts'
import type { GraphEdge, GraphNode } from '../graph/graph'

/** Mermaid refuses more than 500 edges and 50,000 characters unless it is told otherwise. */
export const maxMermaidEdges = 250

/**
 * A Mermaid flowchart: namespaces as subgraphs, marks of health by class, figures on the edges. All ids are
 * our own numbers, and every character of a name that could mean something to Mermaid is written as its code.
 */
export function mermaid({ nodes, edges, note }: ExportPart, title: string): string {
  const ids = new Map(nodes.map((node, i) => [node.id, `n${i}`]))
  const lines = ['---', `title: ${JSON.stringify(plain(note ? `${title}, ${note}` : title))}`, '---', 'flowchart LR']
  for (const [i, [region, members]] of byRegion(nodes).entries()) {
    const inside = members.map((node) => `${ids.get(node.id)}${shape(node)}${className(node)}`)
    if (region === '') lines.push(...inside.map((line) => `  ${line}`))
    else lines.push(`  subgraph s${i}["${text(region)}"]`, ...inside.map((line) => `    ${line}`), '  end')
  }
  for (const edge of edges) {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)]
    if (from && to) lines.push(`  ${from} ${arrow(edge)}|"${text(edgeWords(edge))}"| ${to}`)
  }
  lines.push(
    '  classDef failing stroke:#b3261e,stroke-width:3px',
    '  classDef degraded stroke:#b26a00,stroke-width:3px',
  )
  return `${lines.join('\n')}\n`
}

const arrow = ({ health, figures }: GraphEdge): string =>
  figures.verdicts.denied && !figures.verdicts.allowed
    ? '-.-x'
    : health === 'unknown'
      ? '-.->'
      : health === 'healthy'
        ? '-->'
        : '==>'

const className = ({ health }: GraphNode): string =>
  health === 'failing' || health === 'degraded' ? `:::${health}` : ''

function shape(node: GraphNode): string {
  const label = `"${text(nameText(node.name))}"`
  if (node.type === 'namespace') return `(["${text(nameText(node.name))} #40;${node.members}#41;"])`
  if (node.type === 'external' || node.type === 'unknown') return `{{${label}}}`
  return node.dataStore ? `[(${label})]` : `(${label})`
}

/**
 * Letters, digits and a few marks stay; anything else becomes `#code;`, also `%%`, quotes, brackets and
 * backticks, and what would make a list of Markdown (`1. x`, `- x`) at the start.
 */
const text = (value: string): string =>
  nameText(value)
    .replace(/[^\p{L}\p{N} ._/·-]/gu, coded)
    .replace(/^\s*(\d*[.-])(?=\s)/, (start) => start.replace(/[.-]/, coded))

const coded = (sign: string): string => `#${sign.codePointAt(0) ?? 63};`

/** The title is YAML, where our quotes are a string; marks that mean something to Mermaid are left out. */
const plain = (value: string): string => nameText(value).replace(/[^\p{L}\p{N} ,.:()_/·–-]/gu, '')

import type { Emphasis } from './renderer'
import type { GraphIndex } from './walk'

type Input = {
  readonly index: GraphIndex | null
  readonly hovered: string | null
  readonly selected: string | null
  readonly focused: string | null
  readonly matched: ReadonlySet<string>
  readonly dragging: string | null
}

const none: ReadonlySet<string> = new Set()

/** What is lit and what moves: the neighbourhood of what is hovered, else of what has focus, else what the search found. The selection stays active. */
export function emphasise({ index, hovered, selected, focused, matched, dragging }: Input): Emphasis {
  const rest = { selected, focused, matched, dragging }
  if (!index) return { lit: null, active: none, ...rest }
  const active = new Set(selected ? edgesAround(index, selected) : [])
  const centre = dragging === null ? (hovered ?? focused) : null
  if (centre) {
    const edges = edgesAround(index, centre)
    const lit = new Set<string>([centre, ...edges])
    for (const id of edges) {
      const edge = index.edges.get(id)
      if (edge) lit.add(edge.from).add(edge.to)
    }
    for (const id of edges) active.add(id)
    return { lit, active, ...rest }
  }
  if (matched.size > 0) return { lit: matched, active, ...rest }
  return { lit: null, active, ...rest }
}

const edgesAround = (index: GraphIndex, id: string): readonly string[] =>
  index.edges.has(id) ? [id] : (index.around.get(id) ?? []).map((edge) => edge.id)

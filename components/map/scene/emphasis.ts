import type { Emphasis } from '../renderer'
import { waysBetween } from './ways'
import type { GraphIndex } from '../camera/walk'

type Input = {
  readonly index: GraphIndex | null
  readonly hovered: string | null
  readonly selected: string | null
  /** What the selection is compared with. */
  readonly second: string | null
  readonly focused: string | null
  readonly matched: ReadonlySet<string>
  readonly dragging: string | null
  /** The node that the graph is drawn around: what is hovered lights its ways to it. */
  readonly root: string | null
  readonly pinned: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()

/** What is lit and what moves: the neighbourhood of what is hovered, else of what has focus, else what the search found. The selection stays active. */
export function emphasise({
  index,
  hovered,
  selected,
  second,
  focused,
  matched,
  dragging,
  root,
  pinned,
}: Input): Emphasis {
  const rest = { selected, second, focused, matched, dragging, pinned }
  if (!index) return { lit: null, active: none, ...rest }
  const active = new Set([selected, second].flatMap((id) => (id === null ? [] : edgesAround(index, id))))
  const centre = dragging === null ? (hovered ?? focused) : null
  if (centre) {
    const ways = root === null ? null : waysBetween(index, centre, root)
    const edges = ways && ways.length > 0 ? ways : edgesAround(index, centre)
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

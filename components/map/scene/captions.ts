import type { GraphEdge } from '@/core/graph/graph'
import { formatMs, formatPercent, formatRate } from '../../format'
import type { EdgeLabels } from '../../url-state'
import { captionPoint } from './curve'
import { someErrors } from '../lens'
import { portWords } from '../panel/port-words'
import { loudness } from './prepare'
import { maxSvgNodes } from '../renderer'
import type { Scene, SceneEdge, SceneNode } from './scene-parts'
import type { GraphIndex } from '../camera/walk'

/** A caption on a shorter edge would hide what it is about. */
const shortest = 88
/** More are not read. */
const most = 240
const letterWidth = 5.8
const lineHeight = 13

/**
 * What is written on which edges, none over another nor, where nodes are few, over a node. `auto`: figures of the active and of
 * the unwell. Active edges come first, then the unwell, then the strongest. O(edges log edges).
 */
export function captionsOf(
  { edges, nodes }: Scene,
  index: GraphIndex,
  labels: EdgeLabels,
  active: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const captions = new Map<string, string>()
  if (labels === 'none' && active.size === 0) return captions
  const urgency = (edge: SceneEdge) => (active.has(edge.id) ? 4 : loudness[edge.tone])
  const wanted = edges
    .filter((edge) => {
      if (Math.hypot(edge.x1 - edge.x0, edge.y1 - edge.y0) < shortest) return false
      return active.has(edge.id) || (labels === 'auto' ? loudness[edge.tone] > 1 : labels !== 'none')
    })
    .sort((a, b) => urgency(b) - urgency(a) || b.rate - a.rate || (a.id < b.id ? -1 : 1))
    .slice(0, most)
  const taken: Box[] = wanted.length === 0 || nodes.length > maxSvgNodes ? [] : nodes.flatMap(boxesOf)
  for (const edge of wanted) {
    const drawn = index.edges.get(edge.id)
    const text = drawn ? captionOf(drawn, labels) : ''
    if (text === '') continue
    const [x, y] = captionPoint(edge)
    const box = { x, y: y - 8, w: (text.length * letterWidth) / 2, h: lineHeight / 2 }
    if (taken.some((other) => overlap(box, other))) continue
    taken.push(box)
    captions.set(edge.id, text)
  }
  return captions
}

/** What a node takes: itself, and its name below. */
const boxesOf = ({ x, y, r, half }: SceneNode): Box[] => [
  { x, y, w: r, h: r },
  { x, y: y + r + 9, w: half, h: 7 },
]

/** Centre and half sizes. */
type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

const overlap = (a: Box, b: Box) => Math.abs(a.x - b.x) < a.w + b.w && Math.abs(a.y - b.y) < a.h + b.h

/** One edge's figures in a few words; '' where they are not known. */
export function captionOf(edge: GraphEdge, labels: EdgeLabels): string {
  const { requestRate, flowRate, errorRatio, p95 } = edge.figures
  if (labels === 'protocol') return portWords(edge)
  if (labels === 'p95') return p95 === null ? '' : formatMs(p95)
  if (labels === 'errors') return errorRatio === null ? '' : formatPercent(errorRatio)
  const rate = requestRate ?? flowRate
  if (rate === null) return ''
  if (labels === 'rate') return formatRate(rate)
  return errorRatio !== null && errorRatio >= someErrors
    ? `${formatRate(rate)} · ${formatPercent(errorRatio)}`
    : formatRate(rate)
}

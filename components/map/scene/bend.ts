import { type Curve, distanceToCurve, edgeCurve, pointOn, usualBend } from './curve'
import type { SceneNode } from './scene-parts'

type Obstacle = Pick<SceneNode, 'x' | 'y' | 'r' | 'half'>

/** Pixels by which bends are tried, to both sides: half a row of the layout in layers. */
const step = 33
const tries = 5
/** What it costs to run over a node, to run over its name, and to bend by a pixel. */
const overNode = 4
const overName = 1
const perPixel = 0.004
const samples = 16

/**
 * The curve of an edge that runs over as few nodes and names as a single bend can: the usual one where that
 * is free, else the one that bends least of those that are best. O(nodes) where the way is free.
 */
export function clearCurve(from: Obstacle, to: Obstacle, lane: number, nodes: readonly Obstacle[]): Curve {
  const usual = usualBend(from, to, lane)
  const bends = [usual, -usual]
  for (let k = 1; k <= tries; k++) bends.push(usual + k * step, -usual - k * step)
  let best = edgeCurve(from, to, lane)
  let least = Infinity
  for (const bend of bends) {
    const curve = edgeCurve(from, to, lane, bend)
    const hits = obstruction(curve, from, to, nodes)
    if (hits === 0 && bend === usual) return curve
    const cost = hits + Math.abs(bend) * perPixel
    if (cost < least) [best, least] = [curve, cost]
  }
  return best
}

function obstruction(curve: Curve, from: Obstacle, to: Obstacle, nodes: readonly Obstacle[]): number {
  const [x0, x1] = [Math.min(curve.x0, curve.x1), Math.max(curve.x0, curve.x1)]
  const [y0, y1] = [Math.min(curve.y0, curve.cy, curve.y1), Math.max(curve.y0, curve.cy, curve.y1)]
  let cost = 0
  for (const node of nodes) {
    if (node === from || node === to) continue
    if (node.x + node.half < x0 || node.x - node.half > x1 || node.y + 40 < y0 || node.y - 20 > y1) continue
    if (distanceToCurve(curve, node.x, node.y) < node.r + 5) cost += overNode
    else if (runsOverName(curve, node)) cost += overName
  }
  return cost
}

/** Names stand below their nodes, some 14 pixels high. */
function runsOverName(curve: Curve, { x, y, r, half }: Obstacle): boolean {
  for (let i = 1; i < samples; i++) {
    const [px, py] = pointOn(curve, i / samples)
    if (Math.abs(px - x) < half && py > y + r && py < y + r + 16) return true
  }
  return false
}

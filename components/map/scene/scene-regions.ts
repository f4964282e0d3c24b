import type { Status } from '../../status-mark'
import { hullOf, outlinePath } from './hull'
import { regionLabel, shortLabel } from './node-size'
import type { SceneNode, SceneRegion } from './scene-parts'

/** The outline of every region with drawn members. One whose members lie as they did keeps its outline. */
export function sceneRegions(nodes: readonly SceneNode[], last: readonly SceneRegion[]): readonly SceneRegion[] {
  const groups = new Map<string, SceneNode[]>()
  for (const node of nodes) {
    if (node.region === '') continue
    const list = groups.get(node.region)
    if (list) list.push(node)
    else groups.set(node.region, [node])
  }
  const before = new Map(last.map((region) => [region.id, region]))
  const regions = [...groups].map(([id, members]) => {
    const shape = shapeOf(members)
    const old = before.get(id)
    const status = worst(members)
    if (old && old.shape === shape && old.members === members.length)
      return old.status === status ? old : { ...old, status }
    const outline = hullOf(members.flatMap(discsOf))
    const xs = outline.map(([x]) => x)
    return {
      id,
      label: shortLabel(regionLabel(id)),
      path: outlinePath(outline),
      x: Math.round((Math.min(...xs) + Math.max(...xs)) / 2),
      y: Math.round(Math.min(...outline.map(([, y]) => y)) - 8),
      members: members.length,
      status,
      shape,
    }
  })
  return regions.length === last.length && regions.every((region, i) => region === last[i]) ? last : regions
}

/** A sum that any movement changes; irrational factors keep equal and opposite moves apart. */
const shapeOf = (members: readonly SceneNode[]) =>
  members.reduce((sum, { x, y, half }, i) => sum + (x * Math.SQRT2 + y * Math.E + half) * (1 + (i % 97)), 0)

const worst = (members: readonly SceneNode[]): Status => {
  const statuses = new Set(members.map((node) => node.status))
  return (['bad', 'warn', 'ok', 'unknown'] as const).find((status) => statuses.has(status)) ?? 'unknown'
}

/** From a node's centre to its label; the size of the node counts little. */
const labelDrop = 23

/** A member takes its own disc and the two ends of its label. */
const discsOf = (node: SceneNode) => {
  const half = Math.max(0, node.half - 12)
  return [
    { x: node.x, y: node.y, r: 30 },
    { x: node.x - half, y: node.y + labelDrop, r: 17 },
    { x: node.x + half, y: node.y + labelDrop, r: 17 },
  ]
}

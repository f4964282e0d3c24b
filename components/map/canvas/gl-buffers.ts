import type { Tone } from '../scene/edge-style'
import type { Curve } from '../scene/curve'
import type { SceneNode, SceneRegion } from '../scene/scene-parts'

/** Colours of edges by their number in the shader. */
export const edgeColours = ['hover', 'quiet', 'ok', 'unknown', 'audit', 'warn', 'bad'] as const
const dashes = ['', '2 4', '9 5', '1 4', '5 3']
const shapes = { disc: 0, box: 1, diamond: 2, region: 3, hexagon: 4, service: 4 } as const

/** Floats of one edge, and of one node. */
export const edgeFloats = 8
export const nodeFloats = 4

type Line = Curve & { readonly tone: Tone; readonly width: number; readonly dash?: string; readonly faint?: boolean }

/** Lines as the shader reads them, in the order given or the reverse of it (the first then lies on top). */
export function edgeBuffer(lines: readonly Line[], firstOnTop: boolean): Float32Array {
  const out = new Float32Array(lines.length * edgeFloats)
  for (let i = 0; i < lines.length; i++) {
    const line = lines[firstOnTop ? lines.length - 1 - i : i] as Line
    const at = i * edgeFloats
    out[at] = line.x0
    out[at + 1] = line.y0
    out[at + 2] = line.x1
    out[at + 3] = line.y1
    out[at + 4] = line.cx
    out[at + 5] = line.cy
    out[at + 6] = line.width
    out[at + 7] = (line.faint ? 0 : edgeColours.indexOf(line.tone)) + 8 * Math.max(0, dashes.indexOf(line.dash ?? ''))
  }
  return out
}

/** Nodes as the shader reads them; the unwell last, on top. */
export function nodeBuffer(nodes: readonly SceneNode[]): Float32Array {
  const out = new Float32Array(nodes.length * nodeFloats)
  let front = 0
  let back = nodes.length
  for (const node of nodes) {
    const health = node.status === 'bad' ? 2 : node.status === 'warn' ? 1 : 0
    const at = (health > 0 ? --back : front++) * nodeFloats
    out[at] = node.x
    out[at + 1] = node.y
    out[at + 2] = node.r
    out[at + 3] = shapes[node.shape] + 5 * health
  }
  return out
}

/** Triangles that fill the (convex) outlines, and the segments along them. */
export function regionBuffers(regions: readonly SceneRegion[]): { triangles: Float32Array; lines: Float32Array } {
  const triangles: number[] = []
  const lines: number[] = []
  for (const { path } of regions) {
    const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number)
    const corner = (i: number) => [numbers[2 * i] ?? 0, numbers[2 * i + 1] ?? 0] as const
    const corners = numbers.length / 2
    for (let i = 1; i + 1 < corners; i++) triangles.push(...corner(0), ...corner(i), ...corner(i + 1))
    for (let i = 0; i < corners; i++) lines.push(...corner(i), ...corner((i + 1) % corners))
  }
  return { triangles: Float32Array.from(triangles), lines: Float32Array.from(lines) }
}

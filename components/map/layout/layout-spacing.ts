import { halfHeight, type Body } from './layout-input'

/**
 * Keeps nodes and their labels apart: each takes an ellipse, and two that overlap are pushed apart. A uniform grid finds the pairs, so a tick is O(n) for spread-out nodes. `stiffness` 1 parts a
 * pair at once.
 */
export function spacing(halfWidths: Float32Array, stiffness: number) {
  let bodies: readonly Body[] = []
  const cellWidth = 2 * halfWidths.reduce((a, b) => Math.max(a, b), 1)
  const cellHeight = 2 * halfHeight
  let next = new Int32Array(0)
  let head = new Int32Array(0)

  const part = (a: Body, b: Body) => {
    const dx = b.x + b.vx - a.x - a.vx
    const dy = b.y + b.vy - a.y - a.vy
    const nx = dx / ((halfWidths[a.index] as number) + (halfWidths[b.index] as number))
    const ny = dy / (2 * halfHeight)
    const l = Math.sqrt(nx * nx + ny * ny)
    if (l >= 1) return
    const share = (a.fx == null && b.fx == null ? 0.5 : 1) * stiffness
    // Along the ellipse's own radius; two at one place part sideways.
    const k = l > 1e-6 ? (share * (1 - l)) / l : 0
    const px = l > 1e-6 ? dx * k : share * cellWidth * 0.5
    const py = dy * k
    if (a.fx == null) {
      a.vx -= px
      a.vy -= py
    }
    if (b.fx == null) {
      b.vx += px
      b.vy += py
    }
  }

  const force = () => {
    let x0 = Infinity
    let y0 = Infinity
    let x1 = -Infinity
    let y1 = -Infinity
    for (const b of bodies) {
      x0 = Math.min(x0, b.x)
      y0 = Math.min(y0, b.y)
      x1 = Math.max(x1, b.x)
      y1 = Math.max(y1, b.y)
    }
    // A far stray must not make the grid huge: cells are widened until there are at most about eight per node.
    const stretch = Math.max(
      1,
      Math.sqrt(((x1 - x0) * (y1 - y0)) / (cellWidth * cellHeight * (8 * bodies.length + 64))),
    )
    const w = cellWidth * stretch
    const h = cellHeight * stretch
    const columns = Math.floor((x1 - x0) / w) + 1
    const rows = Math.floor((y1 - y0) / h) + 1
    if (head.length < columns * rows) head = new Int32Array(columns * rows)
    head.fill(-1, 0, columns * rows)
    for (let i = 0; i < bodies.length; i++) {
      const b = bodies[i] as Body
      const cell = Math.floor((b.y - y0) / h) * columns + Math.floor((b.x - x0) / w)
      next[i] = head[cell] as number
      head[cell] = i
    }
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        for (let i = head[row * columns + column] as number; i >= 0; i = next[i] as number) {
          const a = bodies[i] as Body
          for (let j = next[i] as number; j >= 0; j = next[j] as number) part(a, bodies[j] as Body)
          for (const [dc, dr] of halfRing) {
            const c = column + dc
            if (c < 0 || c >= columns || row + dr >= rows) continue
            for (let j = head[(row + dr) * columns + c] as number; j >= 0; j = next[j] as number)
              part(a, bodies[j] as Body)
          }
        }
      }
  }
  force.initialize = (nodes: readonly Body[]) => {
    bodies = nodes
    next = new Int32Array(nodes.length)
  }
  return force
}

const halfRing = [
  [1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
] as const

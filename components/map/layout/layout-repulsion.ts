import type { Body } from './layout-input'

const theta2 = 1.2 * 1.2
const maxDepth = 40

/**
 * d3's many-body force (Barnes–Hut, same physics, θ 1.2) over flat typed arrays: O(n log n) a tick and no
 * allocation after `initialize`. `strength` is negative to repel, per body or for all.
 */
export function flatRepulsion(strength: number | ((index: number) => number), maxDistance: number) {
  const max2 = maxDistance * maxDistance
  let bodies: readonly Body[] = []
  let x = new Float64Array(0)
  let y = x
  let charge = x
  let tree = flatTree(0)

  const force = (alpha: number) => {
    const n = bodies.length
    for (let i = 0; i < n; i++) {
      const body = bodies[i] as Body
      x[i] = body.x
      y[i] = body.y
    }
    tree.build(x, y, charge)
    const { child, next, cx, cy, mass, width, stack } = tree
    for (let i = 0; i < n; i++) {
      const xi = x[i] as number
      const yi = y[i] as number
      let fx = 0
      let fy = 0
      let top = 0
      stack[top++] = 0
      while (top > 0) {
        const cell = stack[--top] as number
        const dx = (cx[cell] as number) - xi
        const dy = (cy[cell] as number) - yi
        const w = width[cell] as number
        let l = dx * dx + dy * dy
        if ((w * w) / theta2 < l) {
          if (l < max2) {
            if (l < 1) l = Math.sqrt(l)
            const k = (mass[cell] as number) / l
            fx += dx * k
            fy += dy * k
          }
          continue
        }
        for (let q = 0; q < 4; q++) {
          const c = child[4 * cell + q] as number
          if (c >= 0) stack[top++] = c
          else
            for (let j = -c - 2; j >= 0; j = next[j] as number) {
              if (j === i) continue
              let ex = (x[j] as number) - xi
              let ey = (y[j] as number) - yi
              let d = ex * ex + ey * ey
              if (d >= max2) continue
              if (d === 0) {
                ex = (i - j) * 1e-3
                ey = 1e-3
                d = ex * ex + ey * ey
              }
              if (d < 1) d = Math.sqrt(d)
              const k = (charge[j] as number) / d
              fx += ex * k
              fy += ey * k
            }
        }
      }
      const body = bodies[i] as Body
      body.vx += fx * alpha
      body.vy += fy * alpha
    }
  }
  force.initialize = (nodes: readonly Body[]) => {
    bodies = nodes
    x = new Float64Array(nodes.length)
    y = new Float64Array(nodes.length)
    charge = Float64Array.from(nodes, (_, i) => (typeof strength === 'number' ? strength : strength(i)))
    tree = flatTree(nodes.length)
  }
  return force
}

/** A quadtree in arrays. A child is ≥ 0 for a cell, -1 for nothing, and -(i + 2) for body i (then its `next` of the same place). */
function flatTree(n: number) {
  const capacity = 4 * n + 64
  const child = new Int32Array(4 * capacity)
  const next = new Int32Array(n)
  const cx = new Float64Array(capacity)
  const cy = new Float64Array(capacity)
  const mass = new Float64Array(capacity)
  const width = new Float64Array(capacity)
  const stack = new Int32Array(4 * maxDepth + 8)

  const build = (x: Float64Array, y: Float64Array, charge: Float64Array) => {
    let x0 = Infinity
    let y0 = Infinity
    let x1 = -Infinity
    let y1 = -Infinity
    for (let i = 0; i < n; i++) {
      const a = x[i] as number
      const b = y[i] as number
      if (a < x0) x0 = a
      if (a > x1) x1 = a
      if (b < y0) y0 = b
      if (b > y1) y1 = b
    }
    const side = Math.max(x1 - x0, y1 - y0, 1)
    let cells = 1
    child.fill(-1, 0, 4)
    width[0] = side
    for (let i = 0; i < n; i++) {
      const xi = x[i] as number
      const yi = y[i] as number
      next[i] = -1
      let cell = 0
      let mx = x0 + side / 2
      let my = y0 + side / 2
      let half = side / 2
      for (let depth = 0; ; depth++) {
        const slot = 4 * cell + (xi >= mx ? 1 : 0) + (yi >= my ? 2 : 0)
        const c = child[slot] as number
        mx += xi >= mx ? half / 2 : -half / 2
        my += yi >= my ? half / 2 : -half / 2
        half /= 2
        if (c >= 0) {
          cell = c
          continue
        }
        const j = -c - 2
        if (c === -1 || depth >= maxDepth || cells >= capacity || (x[j] === xi && y[j] === yi)) {
          next[i] = c === -1 ? -1 : j
          child[slot] = -(i + 2)
          break
        }
        const fresh = cells++
        child.fill(-1, 4 * fresh, 4 * fresh + 4)
        width[fresh] = 2 * half
        child[slot] = fresh
        child[4 * fresh + ((x[j] as number) >= mx ? 1 : 0) + ((y[j] as number) >= my ? 2 : 0)] = c
        cell = fresh
      }
    }
    // Children are made after their parents, so one pass from the end sums every cell.
    for (let cell = cells - 1; cell >= 0; cell--) {
      let m = 0
      let sx = 0
      let sy = 0
      for (let q = 0; q < 4; q++) {
        const c = child[4 * cell + q] as number
        if (c >= 0) {
          const w = mass[c] as number
          m += w
          sx += w * (cx[c] as number)
          sy += w * (cy[c] as number)
        } else
          for (let j = -c - 2; j >= 0; j = next[j] as number) {
            const w = charge[j] as number
            m += w
            sx += w * (x[j] as number)
            sy += w * (y[j] as number)
          }
      }
      mass[cell] = m
      cx[cell] = m === 0 ? 0 : sx / m
      cy[cell] = m === 0 ? 0 : sy / m
    }
  }
  return { build, child, next, cx, cy, mass, width, stack }
}

import { noEncryption } from '@/core/encryption/edge-encryption'
import { createGlPainter } from '@/components/map/canvas/gl-painter'
import { paint, paintOver } from '@/components/map/canvas/paint'
import { prepare } from '@/components/map/scene/prepare'
import type { Emphasis } from '@/components/map/renderer'
import { buildScene } from '@/components/map/scene/scene'
import { type Figures, unknownFigures } from '@/core/figures/figures'
import { type Graph, type GraphEdge, type GraphNode, toldByNobody } from '@/core/graph/graph'
import type { Palette } from '@/components/map/scene/palette'
import { type Scene, emptyScene } from '@/components/map/scene/scene-parts'

export type DrawInput = {
  readonly namespaces: readonly number[]
  readonly links: readonly (readonly [number, number])[]
  /** x, y of each node. */
  readonly places: readonly number[]
  readonly frames: number
}
/** Milliseconds of script on the main thread. */
export type DrawFigures = {
  readonly first: number
  readonly refresh: number
  readonly refreshParts: readonly number[]
  readonly pans: readonly { zoom: number; gl: number; canvas: number; calls: number }[]
}

const size = { width: 1440, height: 900 }
const calm: Emphasis = {
  lit: null,
  active: new Set(),
  selected: null,
  focused: null,
  matched: new Set(),
  dragging: null,
  second: null,
  pinned: new Set(),
}
const seenBy = { lens: 'health', by: 'namespace' } as const
const palette: Palette = {
  quiet: '#555',
  ok: '#7a7',
  warn: '#fd4',
  bad: '#e43',
  audit: '#b7f',
  unknown: '#888',
  canvas: '#0d0e11',
  panel: '#16171a',
  raised: '#1e2024',
  hover: '#272a2e',
  line: '#333',
  'line-strong': '#777',
  fg: '#eee',
  'fg-2': '#bbb',
  'fg-3': '#999',
  accent: '#7ae',
  font: 'sans-serif',
}

/** Measures a map of this size in the browser: building it, refreshing it, and panning at three zooms. */
async function measure(input: DrawInput): Promise<DrawFigures> {
  const places = new Map(
    input.namespaces.map((_, i) => [idOf(input, i), [input.places[2 * i] ?? 0, input.places[2 * i + 1] ?? 0] as const]),
  )
  let scene: Scene = emptyScene
  const first = time(() => void prepare((scene = buildScene(graphOf(input, 0), places, seenBy)))).ms
  const gl = canvasOf()
  const over = canvasOf().getContext('2d')
  const flat = canvasOf().getContext('2d')
  const painter = createGlPainter(gl)
  if (!painter || !over || !flat) throw new Error('This browser draws no WebGL2.')
  painter.colour(palette)
  const rounds = [1, 2, 3, 4, 5].map((round) => {
    const fresh = graphOf(input, round)
    const built = time(() => (scene = buildScene(fresh, places, seenBy, scene)))
    const prepared = time(() => prepare(scene))
    return [built.ms, prepared.ms, time(() => painter.load(prepared.value)).ms]
  })
  const sums = rounds.map((parts) => parts.reduce((a, b) => a + b, 0))
  const middle = [...sums].sort((a, b) => a - b)[2] ?? 0
  const ready = prepare(scene)
  painter.load(ready)
  const outlines = ready.regions.map((region) => new Path2D(region.path))
  const calls = countCalls(gl)
  const pans: { zoom: number; gl: number; canvas: number; calls: number }[] = []
  for (const zoom of [0.08, 0.35, 0.8]) {
    const camera = (i: number) => ({ x: size.width / 2 - i * 4, y: size.height / 2 - i * 2, k: zoom })
    const before = calls()
    const byGl = await frames(input.frames, (i) => {
      painter.draw(camera(i), size, false)
      paintOver(over, ready, camera(i), size, palette, calm)
    })
    const made = (calls() - before) / input.frames
    const byCanvas = await frames(Math.min(12, input.frames), (i) =>
      paint(flat, ready, outlines, camera(i), size, palette, calm, true),
    )
    pans.push({ zoom, gl: p90(byGl), canvas: p90(byCanvas), calls: made })
  }
  return { first, refresh: middle, refreshParts: rounds[sums.indexOf(middle)] ?? [], pans }
}
Object.assign(globalThis, { measure })

/** Script time of each frame, one frame of the browser apart. */
async function frames(count: number, draw: (i: number) => void): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    await new Promise(requestAnimationFrame)
    times.push(time(() => draw(i)).ms)
  }
  return times
}

function time<T>(work: () => T): { ms: number; value: T } {
  const start = performance.now()
  const value = work()
  return { ms: performance.now() - start, value }
}

const p90 = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.9)] ?? 0

function canvasOf(): HTMLCanvasElement {
  const canvas = document.body.appendChild(document.createElement('canvas'))
  canvas.width = size.width
  canvas.height = size.height
  return canvas
}

function countCalls(canvas: HTMLCanvasElement): () => number {
  const gl = canvas.getContext('webgl2')
  let calls = 0
  if (!gl) return () => 0
  for (const name of ['drawArrays', 'drawArraysInstanced'] as const) {
    const original = gl[name].bind(gl) as (...values: number[]) => void
    Object.assign(gl, {
      [name]: (...values: number[]) => {
        calls++
        original(...values)
      },
    })
  }
  return () => calls
}

const idOf = (input: DrawInput, i: number) => `bench/ns-${input.namespaces[i]}/Deployment/w-${i}`

/** A graph as a refresh brings it: every object new, rates a little different, one edge in a hundred unwell. */
function graphOf(input: DrawInput, round: number): Graph {
  const figures = (i: number): Figures => ({
    ...unknownFigures,
    requestRate: (1 + (i % 211)) * (1 + 0.01 * ((i + round) % 3)),
    requests: 100,
    responses: 100,
    clientErrors: 0,
    serverErrors: 0,
    errorRatio: 0,
    p50: 5,
    p95: 20,
    p99: 40,
    verdicts: { allowed: 100 },
  })
  const nodes = input.namespaces.map((ns, i): GraphNode => ({
    id: idOf(input, i),
    type: 'workload',
    cluster: 'bench',
    namespace: `ns-${ns}`,
    kind: 'Deployment',
    name: `w-${i}`,
    members: 1,
    dataStore: i % 9 === 0,
    role: null,
    team: null,
    health: i % 97 === round ? 'failing' : 'healthy',
    why: '',
    incoming: figures(i),
    outgoing: null,
  }))
  const edges = input.links.map(([from, to], i): GraphEdge => ({
    id: `${idOf(input, from)}|${idOf(input, to)}|${i}|tcp`,
    from: idOf(input, from),
    to: idOf(input, to),
    port: 80,
    protocol: 'tcp',
    l7: 'http',
    merged: 1,
    health: i % 101 === round ? 'failing' : 'healthy',
    why: '',
    figures: figures(i),
    witnesses: [],
    told: toldByNobody,
    passedOver: [],
    seen: [],
    encryption: noEncryption,
  }))
  return {
    window: { from: 0, to: 1 },
    level: 'workload',
    nodes,
    edges,
    total: { nodes: nodes.length, edges: edges.length },
    hiddenNodes: 0,
    views: [],
    focus: null,
    folded: [],
    foldedBySize: false,
    gaps: [],
    sources: [],
  }
}

import type { Camera, Size } from '../camera/camera'
import { edgeBuffer, edgeColours, edgeFloats, nodeBuffer, nodeFloats, regionBuffers } from './gl-buffers'
import { createProgram, setArray, type Program } from './gl-program'
import {
  edgeFragment,
  edgeVertex,
  edgeVertices,
  nodeFragment,
  nodeVertex,
  regionFragment,
  regionVertex,
} from './gl-shaders'
import { arrowZoom } from './paint-edges'
import { simpleZoom } from './paint-nodes'
import { maxEdges, type Prepared } from '../scene/prepare'
import { rgbOf } from './rgb'
import { type Palette, farZoom, nearZoom } from '../scene/palette'

export type GlPainter = {
  /** Takes over a scene: fills the buffers, about 2 MB at 50,000 edges. */
  readonly load: (scene: Prepared) => void
  readonly colour: (palette: Palette) => void
  /** One frame in four draw calls, whatever the size. `dimmed`: all but regions fade, for what stands out is drawn above. */
  readonly draw: (camera: Camera, size: Size, dimmed: boolean) => void
  readonly dispose: () => void
}

/** Draws a scene's bulk with WebGL2; null where the canvas gives no context. */
export function createGlPainter(canvas: HTMLCanvasElement): GlPainter | null {
  const gl = canvas.getContext('webgl2', { alpha: true, antialias: true, premultipliedAlpha: true })
  if (!gl) return null
  const edge = createProgram(gl, edgeVertex, edgeFragment)
  const node = createProgram(gl, nodeVertex, nodeFragment)
  const region = createProgram(gl, regionVertex, regionFragment)
  const buffers = { edges: gl.createBuffer(), roads: gl.createBuffer(), nodes: gl.createBuffer() }
  const areas = { triangles: gl.createBuffer(), lines: gl.createBuffer() }
  const counts = { edges: 0, roads: 0, nodes: 0, triangles: 0, lines: 0 }
  let regions: Prepared['regions'] = []
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)

  const fill = (buffer: WebGLBuffer | null, data: Float32Array, floats: number): number => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW)
    return data.length / floats
  }
  const look = (program: Program, { x, y, k }: Camera, size: Size) => {
    gl.useProgram(program.handle)
    gl.uniform3f(program.uniform('camera'), x, y, k)
    gl.uniform2f(program.uniform('size'), size.width, size.height)
  }
  const lines = (buffer: WebGLBuffer | null, first: number, count: number) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    const stride = edgeFloats * 4
    setArray(gl, edge.attribute('ends'), 4, stride, first * stride, 1)
    setArray(gl, edge.attribute('bend'), 4, stride, first * stride + 16, 1)
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, edgeVertices, count)
  }
  const area = (buffer: WebGLBuffer | null, mode: number, count: number, colour: Float32Array) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    setArray(gl, region.attribute('corner'), 2, 8, 0, 0)
    gl.uniform3fv(region.uniform('fill'), colour)
    gl.drawArrays(mode, 0, count)
  }
  let colours = { panel: new Float32Array(3), line: new Float32Array(3) }
  return {
    load: (scene) => {
      counts.edges = fill(buffers.edges, edgeBuffer(scene.edges, true), edgeFloats)
      counts.roads = fill(buffers.roads, edgeBuffer(scene.roads, false), edgeFloats)
      counts.nodes = fill(buffers.nodes, nodeBuffer(scene.nodes), nodeFloats)
      if (scene.regions.length === regions.length && scene.regions.every((each, i) => each.path === regions[i]?.path))
        return
      regions = scene.regions
      const built = regionBuffers(regions)
      counts.triangles = fill(areas.triangles, built.triangles, 2)
      counts.lines = fill(areas.lines, built.lines, 2)
    },
    colour: (palette) => {
      const rgb = (tokens: readonly (keyof Palette)[]) => Float32Array.from(tokens.flatMap((t) => rgbOf(palette[t])))
      gl.useProgram(edge.handle)
      gl.uniform3fv(edge.uniform('colours'), rgb(edgeColours))
      gl.useProgram(node.handle)
      gl.uniform3fv(node.uniform('colours'), rgb(['line-strong', 'warn', 'bad']))
      gl.uniform3fv(node.uniform('fill'), rgb(['raised']))
      colours = { panel: rgb(['panel']), line: rgb(['line']) }
    },
    draw: (camera, size, dimmed) => {
      gl.viewport(0, 0, canvas.width, canvas.height)
      gl.clearColor(0, 0, 0, 0)
      gl.clear(gl.COLOR_BUFFER_BIT)
      look(region, camera, size)
      area(areas.triangles, gl.TRIANGLES, counts.triangles, colours.panel)
      area(areas.lines, gl.LINES, counts.lines, colours.line)
      const far = camera.k < farZoom
      look(edge, camera, size)
      gl.uniform1f(edge.uniform('fade'), dimmed ? 0.12 : 1)
      gl.uniform1f(edge.uniform('thickness'), far ? 1 : 0)
      gl.uniform1f(edge.uniform('arrow'), camera.k >= arrowZoom ? 7 : 0)
      // The strongest come last in the buffer: from afar only these.
      const first = camera.k < nearZoom ? Math.max(0, counts.edges - maxEdges) : 0
      if (far) lines(buffers.roads, 0, counts.roads)
      else lines(buffers.edges, first, counts.edges - first)
      look(node, camera, size)
      gl.uniform1f(node.uniform('simple'), camera.k < simpleZoom ? 1 : 0)
      gl.uniform1f(node.uniform('fade'), dimmed ? 0.3 : 1)
      gl.bindBuffer(gl.ARRAY_BUFFER, buffers.nodes)
      setArray(gl, node.attribute('body'), 4, nodeFloats * 4, 0, 1)
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, counts.nodes)
    },
    dispose: () => {
      for (const buffer of [...Object.values(buffers), ...Object.values(areas)]) gl.deleteBuffer(buffer)
      for (const program of [edge, node, region]) gl.deleteProgram(program.handle)
    },
  }
}

/** A linked program with its places looked up once. */
export type Program = {
  readonly handle: WebGLProgram
  readonly uniform: (name: string) => WebGLUniformLocation | null
  readonly attribute: (name: string) => number
}

/** Compiles and links; throws Error with the driver's words where it refuses. */
export function createProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const handle = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) throw new Error('The graphics context is lost.')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(handle, shader)
    gl.deleteShader(shader)
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? '')
  }
  gl.linkProgram(handle)
  if (!gl.getProgramParameter(handle, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(handle) ?? '')
  const uniforms = new Map<string, WebGLUniformLocation | null>()
  const attributes = new Map<string, number>()
  return {
    handle,
    uniform: (name) => known(uniforms, name, () => gl.getUniformLocation(handle, name)),
    attribute: (name) => known(attributes, name, () => gl.getAttribLocation(handle, name)),
  }
}

function known<T>(table: Map<string, T>, name: string, find: () => T): T {
  const old = table.get(name)
  if (old !== undefined) return old
  const found = find()
  table.set(name, found)
  return found
}

/** Reads floats of the bound buffer into an attribute; `divisor` 1 steps once an instance. */
export function setArray(
  gl: WebGL2RenderingContext,
  location: number,
  floats: number,
  stride: number,
  offset: number,
  divisor: 0 | 1,
): void {
  gl.enableVertexAttribArray(location)
  gl.vertexAttribPointer(location, floats, gl.FLOAT, false, stride, offset)
  gl.vertexAttribDivisor(location, divisor)
}

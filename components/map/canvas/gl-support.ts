import { useSyncExternalStore } from 'react'

let answer: boolean | undefined

/** Whether WebGL2 draws on a graphics card here: a software one is slower than the 2D canvas. Asked once. */
export function hasFastGl(): boolean {
  answer ??= probe()
  return answer
}

const never = () => () => {}

/** The same for components: false until the page runs in a browser. */
export const useFastGl = (): boolean => useSyncExternalStore(never, hasFastGl, () => false)

function probe(): boolean {
  try {
    const gl = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true })
    if (!gl) return false
    const info = gl.getExtension('WEBGL_debug_renderer_info')
    const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
    // Browsers keep few contexts; the probe gives its own back.
    gl.getExtension('WEBGL_lose_context')?.loseContext()
    return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(name)
  } catch {
    return false
  }
}

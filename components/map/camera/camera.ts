/** What part of the scene is seen: screen = world × k + (x, y). */
export type Camera = { readonly x: number; readonly y: number; readonly k: number }

/** A place of the scene. */
export type Point = readonly [x: number, y: number]

export type Bounds = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }
/** A part of the scene by its middle. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type Size = { readonly width: number; readonly height: number }
/** Pixels on each side that overlays cover. */
export type Inset = { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }

export const minZoom = 0.03
export const maxZoom = 4

const clamp = (k: number) => Math.max(minZoom, Math.min(maxZoom, k))

/** Zooms by a factor with the screen point (px, py) held. */
export function zoomAt(camera: Camera, factor: number, px: number, py: number): Camera {
  const k = clamp(camera.k * factor)
  const f = k / camera.k
  return { k, x: px - (px - camera.x) * f, y: py - (py - camera.y) * f }
}

export const panBy = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x + dx,
  y: camera.y + dy,
})

/** Shows the whole of `bounds`, at most `most` times enlarged. */
export function fitTo(bounds: Bounds, size: Size, inset: Inset, most = 1.25): Camera {
  const width = Math.max(1, size.width - inset.left - inset.right)
  const height = Math.max(1, size.height - inset.top - inset.bottom)
  const k = clamp(
    Math.min(most, width / Math.max(1, bounds.x1 - bounds.x0), height / Math.max(1, bounds.y1 - bounds.y0)),
  )
  return {
    k,
    x: inset.left + width / 2 - (k * (bounds.x0 + bounds.x1)) / 2,
    y: inset.top + height / 2 - (k * (bounds.y0 + bounds.y1)) / 2,
  }
}

/** The part of the scene that a surface shows. */
export function boxSeen({ x, y, k }: Camera, { width, height }: Size): Box {
  return { x: (width / 2 - x) / k, y: (height / 2 - y) / k, width: width / k, height: height / k }
}

/** Shows a part of the scene, in the middle and as large as the surface allows. */
export function cameraOf(box: Box, size: Size): Camera {
  const k = clamp(Math.min(size.width / box.width, size.height / box.height))
  return { k, x: size.width / 2 - k * box.x, y: size.height / 2 - k * box.y }
}

/** The same camera moved just as far as it takes to see a world point. */
export function reveal(camera: Camera, x: number, y: number, size: Size, margin = 70): Camera {
  const sx = x * camera.k + camera.x
  const sy = y * camera.k + camera.y
  const dx = Math.max(margin - sx, 0) + Math.min(size.width - margin - sx, 0)
  const dy = Math.max(margin - sy, 0) + Math.min(size.height - margin - sy, 0)
  return dx === 0 && dy === 0 ? camera : panBy(camera, dx, dy)
}

export const toWorld = (camera: Camera, px: number, py: number): readonly [number, number] => [
  (px - camera.x) / camera.k,
  (py - camera.y) / camera.k,
]

/** A camera between two, t 0..1: zoom by ratio, so that it feels even. */
export function between(a: Camera, b: Camera, t: number): Camera {
  const mix = (p: number, q: number) => p + (q - p) * t
  return { k: a.k * (b.k / a.k) ** t, x: mix(a.x, b.x), y: mix(a.y, b.y) }
}

/** The extent of nodes with room for labels and regions. */
export function boundsOf(nodes: readonly { readonly x: number; readonly y: number }[]): Bounds | null {
  if (nodes.length === 0) return null
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of nodes) {
    x0 = Math.min(x0, x)
    y0 = Math.min(y0, y)
    x1 = Math.max(x1, x)
    y1 = Math.max(y1, y)
  }
  return { x0: x0 - 72, y0: y0 - 52, x1: x1 + 72, y1: y1 + 48 }
}

'use client'

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { Camera, Size } from '../camera/camera'
import type { CameraStore } from '../renderer'
import { type Palette, paletteOf } from '../scene/palette'

/** One frame's circumstances; `moving` while the camera moves. */
export type Frame = {
  readonly camera: Camera
  readonly size: Size
  readonly palette: Palette
  readonly moving: boolean
}

const restMs = 140

/**
 * Paints canvases that lie over each other: again when the camera moves, the size or theme changes, or
 * `paint` is another function; at most once a frame. `recolour` hears of themes.
 */
export function useFrames(
  canvas: RefObject<HTMLCanvasElement | null>,
  camera: CameraStore,
  paint: (frame: Frame) => void,
  recolour?: (palette: Palette) => void,
  under?: RefObject<HTMLCanvasElement | null>,
): void {
  const latest = useRef({ paint, recolour })
  const request = useRef(() => {})
  useEffect(() => {
    latest.current = { paint, recolour }
    request.current()
  }, [paint, recolour])
  useLayoutEffect(() => {
    const top = canvas.current
    if (!top) return undefined
    const elements = [top, ...(under?.current ? [under.current] : [])]
    let frame = 0
    let rest: ReturnType<typeof setTimeout> | undefined
    let moving = false
    let size: Size = { width: 0, height: 0 }
    let palette = paletteOf(top)
    const draw = () => {
      frame = 0
      if (size.width > 0) latest.current.paint({ camera: camera.get(), size, palette, moving })
    }
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    request.current = ask
    const themed = () => {
      palette = paletteOf(top)
      latest.current.recolour?.(palette)
      ask()
    }
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      size = { width: entry.contentRect.width, height: entry.contentRect.height }
      for (const element of elements) {
        element.width = Math.round(size.width * devicePixelRatio)
        element.height = Math.round(size.height * devicePixelRatio)
      }
      draw()
    })
    observer.observe(top)
    const theme = new MutationObserver(themed)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', themed)
    const stop = camera.subscribe(() => {
      moving = true
      clearTimeout(rest)
      rest = setTimeout(() => {
        moving = false
        ask()
      }, restMs)
      ask()
    })
    themed()
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(rest)
      observer.disconnect()
      theme.disconnect()
      dark.removeEventListener('change', themed)
      stop()
    }
  }, [camera, canvas, under])
}

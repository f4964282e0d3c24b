'use client'

import { useEffect, useLayoutEffect, useRef } from 'react'
import { paint, paletteOf, type Palette } from './paint'
import { prepare, type Prepared } from './prepare'
import type { RendererProps } from './renderer'

const restMs = 140

/** The map on a canvas, for more than some 300 nodes: detail by zoom, fewer edges while the camera moves. */
export function MapCanvas({ scene, emphasis, camera }: RendererProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const state = useRef<{
    prepared: Prepared | null
    palette: Palette | null
    moving: boolean
    emphasis: typeof emphasis
    request: () => void
  }>({
    prepared: null,
    palette: null,
    moving: false,
    emphasis,
    request: () => {},
  })

  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d', { alpha: true })
    if (!element || !context) return undefined
    let frame = 0
    let rest: ReturnType<typeof setTimeout> | undefined
    let size = { width: 0, height: 0 }
    const draw = () => {
      frame = 0
      const { prepared, palette, moving } = state.current
      if (prepared && palette && size.width > 0)
        paint(context, prepared, camera.get(), size, palette, state.current.emphasis, moving)
    }
    const request = () => {
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    state.current.request = request
    const recolour = () => {
      state.current.palette = paletteOf(element)
      request()
    }
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const scale = devicePixelRatio
      size = { width: entry.contentRect.width, height: entry.contentRect.height }
      element.width = Math.round(size.width * scale)
      element.height = Math.round(size.height * scale)
      context.setTransform(scale, 0, 0, scale, 0, 0)
      draw()
    })
    observer.observe(element)
    const theme = new MutationObserver(recolour)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', recolour)
    const stop = camera.subscribe(() => {
      state.current.moving = true
      clearTimeout(rest)
      rest = setTimeout(() => {
        state.current.moving = false
        request()
      }, restMs)
      request()
    })
    recolour()
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(rest)
      observer.disconnect()
      theme.disconnect()
      dark.removeEventListener('change', recolour)
      stop()
    }
  }, [camera])

  useEffect(() => {
    state.current.prepared = prepare(scene)
    state.current.request()
  }, [scene])
  useEffect(() => {
    state.current.emphasis = emphasis
    state.current.request()
  }, [emphasis])

  return <canvas ref={canvas} aria-hidden="true" className="absolute inset-0 size-full" />
}

'use client'

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import {
  between,
  type Box,
  boundsOf,
  boxSeen,
  type Camera,
  cameraOf,
  fitTo,
  type Inset,
  panBy,
  reveal,
  type Size,
  zoomAt,
} from './camera'
import { boxOf, parseSight, type Sight } from '../scene/look'
import { createCamera } from '../renderer'
import type { Scene } from '../scene/scene-parts'

const inset: Inset = { top: 52, right: 16, bottom: 50, left: 16 }
/** Up to this width what lies over the map takes more than a line, and its height counts. */
const narrow = 760
const glideMs = 280

function insetOf(surface: HTMLElement | null, { width }: Size): Inset {
  if (!surface || width > narrow) return inset
  const height = (side: string) =>
    surface.parentElement?.querySelector(`[data-map-over="${side}"]`)?.getBoundingClientRect().height ?? 0
  return {
    ...inset,
    top: Math.max(inset.top, height('top') + 18),
    bottom: Math.max(inset.bottom, height('bottom') + 20),
  }
}

/** The part that the page's address asks for; null: all of it. */
const askedSight = (): Sight | null =>
  typeof location === 'undefined' ? null : parseSight(new URLSearchParams(location.search).get('look') ?? '')

/**
 * The camera over a surface: wheel and pinch zoom, fit and reveal. It keeps fitting to the whole, or to the
 * part that the address asks for, until the viewer moves it, and to the whole again at another `place`.
 */
export function useCamera(surface: RefObject<HTMLDivElement | null>, scene: Scene, place: string) {
  const [camera] = useState(() => createCamera({ x: 0, y: 0, k: 1 }))
  const size = useRef<Size>({ width: 0, height: 0 })
  const moved = useRef(false)
  const asked = useRef<Sight | null>(null)
  const latest = useRef(scene)
  const frame = useRef(0)
  const shownAt = useRef(place)

  const glide = useCallback(
    (to: Camera) => {
      cancelAnimationFrame(frame.current)
      if (matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden) return camera.set(to)
      const from = camera.get()
      const start = performance.now()
      const step = (now: number) => {
        // A frame's time may lie before the call that asked for it.
        const t = Math.max(0, Math.min(1, (now - start) / glideMs))
        camera.set(between(from, to, 1 - (1 - t) ** 3))
        if (t < 1) frame.current = requestAnimationFrame(step)
      }
      frame.current = requestAnimationFrame(step)
    },
    [camera],
  )
  const fitted = useCallback(() => {
    if (size.current.width === 0) return null
    const box = asked.current && boxOf(asked.current, latest.current.nodes)
    if (box) return cameraOf(box, size.current)
    const bounds = boundsOf(latest.current.nodes)
    return bounds ? fitTo(bounds, size.current, insetOf(surface.current, size.current)) : null
  }, [surface])
  const fit = useCallback(() => {
    moved.current = false
    asked.current = null
    const to = fitted()
    if (to) glide(to)
  }, [fitted, glide])
  const zoom = useCallback(
    (factor: number) => {
      moved.current = true
      glide(zoomAt(camera.get(), factor, size.current.width / 2, size.current.height / 2))
    },
    [camera, glide],
  )
  const show = useCallback(
    (x: number, y: number) => {
      const to = reveal(camera.get(), x, y, size.current)
      if (to !== camera.get()) glide(to)
    },
    [camera, glide],
  )
  const drag = useCallback(
    (dx: number, dy: number) => {
      moved.current = true
      camera.set(panBy(camera.get(), dx, dy))
    },
    [camera],
  )

  useEffect(() => {
    asked.current = askedSight()
  }, [])
  // The first picture is fitted at once; later changes of shape glide, unless the viewer has chosen a place.
  useEffect(() => {
    const first = latest.current.nodes.length === 0 || shownAt.current !== place
    if (shownAt.current !== place) {
      moved.current = false
      asked.current = null
    }
    shownAt.current = place
    latest.current = scene
    if (moved.current) return
    const to = fitted()
    if (!to) return
    const now = camera.get()
    if (first) camera.set(to)
    else if (Math.abs(to.k / now.k - 1) > 0.02 || Math.hypot(to.x - now.x, to.y - now.y) > 8) glide(to)
  }, [scene, place, camera, fitted, glide])

  useEffect(() => {
    const element = surface.current
    if (!element) return undefined
    const resized = new ResizeObserver(([entry]) => {
      if (!entry) return
      size.current = { width: entry.contentRect.width, height: entry.contentRect.height }
      const to = moved.current ? null : fitted()
      if (to) camera.set(to)
    })
    resized.observe(element)
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      cancelAnimationFrame(frame.current)
      moved.current = true
      const box = element.getBoundingClientRect()
      const lines = event.deltaMode === 1 ? 16 : 1
      // A pinch on a touch pad comes as a wheel with ctrl; two fingers sideways pan.
      if (!event.ctrlKey && Math.abs(event.deltaX) > Math.abs(event.deltaY))
        return camera.set(panBy(camera.get(), -event.deltaX * lines, 0))
      const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016))
      camera.set(zoomAt(camera.get(), factor, event.clientX - box.left, event.clientY - box.top))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => {
      resized.disconnect()
      element.removeEventListener('wheel', wheel)
      cancelAnimationFrame(frame.current)
    }
  }, [surface, camera, fitted])

  /** The part of the scene that the viewer or the address chose; null where it is all of it. */
  const seen = useCallback(
    (): Box | null => (moved.current || asked.current ? boxSeen(camera.get(), size.current) : null),
    [camera],
  )
  return { camera, fit, zoom, show, drag, seen }
}

'use client'

import { type PointerEvent as ReactPointer, type RefObject, useRef } from 'react'
import { type Point, toWorld, zoomAt } from './camera'
import { pick } from './pick'
import type { CameraStore } from '../renderer'
import type { Scene } from '../scene/scene-parts'
import type { Picked } from './pick'

type Actions = {
  readonly hover: (picked: Picked) => void
  /** `second`: with the shift key, to compare. */
  readonly choose: (picked: Picked, second: boolean) => void
  readonly pan: (dx: number, dy: number) => void
  readonly moveNode: (id: string, place: Point, done: boolean) => void
}

const clickSlop = 4

/** Mouse, pen and touch over the map: hover, click, pan, drag a node, pinch. What lies under a point is found on the CPU. */
export function usePointer(
  surface: RefObject<HTMLDivElement | null>,
  scene: Scene,
  camera: CameraStore,
  actions: Actions,
) {
  const down = useRef(new Map<number, { x: number; y: number }>())
  const grab = useRef<{ picked: Picked; moved: number; offset: Point } | null>(null)

  const local = (event: ReactPointer): readonly [number, number] => {
    const box = surface.current?.getBoundingClientRect()
    return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)]
  }
  const under = (event: ReactPointer): Picked => {
    const [x, y] = toWorld(camera.get(), ...local(event))
    return pick(scene, x, y, camera.get().k)
  }

  const onPointerDown = (event: ReactPointer) => {
    if (event.button !== 0 || (event.target as Element).closest('button, a, [data-overlay]')) return
    surface.current?.setPointerCapture(event.pointerId)
    down.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const picked = under(event)
    const node = picked?.kind === 'node' ? scene.nodes.find((each) => each.id === picked.id) : undefined
    const [x, y] = toWorld(camera.get(), ...local(event))
    grab.current = { picked, moved: 0, offset: node ? [node.x - x, node.y - y] : [0, 0] }
  }
  const onPointerMove = (event: ReactPointer) => {
    const last = down.current.get(event.pointerId)
    if (!last)
      return actions.hover((event.target as Element).closest('button, a, [data-overlay]') ? null : under(event))
    const dx = event.clientX - last.x
    const dy = event.clientY - last.y
    const held = grab.current
    if (down.current.size === 2) {
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1]
      if (other) {
        const box = surface.current?.getBoundingClientRect()
        const before = Math.hypot(last.x - other.x, last.y - other.y)
        const after = Math.hypot(event.clientX - other.x, event.clientY - other.y)
        const mx = (event.clientX + other.x) / 2 - (box?.left ?? 0)
        const my = (event.clientY + other.y) / 2 - (box?.top ?? 0)
        actions.pan(dx / 2, dy / 2)
        camera.set(zoomAt(camera.get(), after / Math.max(1, before), mx, my))
      }
      if (held) held.moved = clickSlop + 1
    } else if (held) {
      held.moved += Math.hypot(dx, dy)
      if (held.moved > clickSlop) {
        if (held.picked?.kind === 'node') {
          const [x, y] = toWorld(camera.get(), ...local(event))
          actions.moveNode(held.picked.id, [x + held.offset[0], y + held.offset[1]], false)
        } else actions.pan(dx, dy)
      }
    }
    down.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
  }
  const onPointerUp = (event: ReactPointer) => {
    if (!down.current.delete(event.pointerId)) return
    const held = grab.current
    if (down.current.size > 0 || !held) return
    grab.current = null
    if (held.moved <= clickSlop) actions.choose(held.picked?.kind === 'region' ? null : held.picked, event.shiftKey)
    else if (held.picked?.kind === 'node') {
      const [x, y] = toWorld(camera.get(), ...local(event))
      actions.moveNode(held.picked.id, [x + held.offset[0], y + held.offset[1]], true)
    }
  }
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, under }
}

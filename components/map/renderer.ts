import type { RefObject } from 'react'
import type { Camera } from './camera/camera'
import type { Scene } from './scene/scene-parts'

/** What stands out of the scene just now. Sets hold ids of nodes and edges. */
export type Emphasis = {
  /** Everything else fades; null where nothing is hovered, chosen or searched. */
  readonly lit: ReadonlySet<string> | null
  /** Edges that show motion and figures. */
  readonly active: ReadonlySet<string>
  readonly selected: string | null
  /** Chosen beside the selection, to compare. */
  readonly second: string | null
  readonly focused: string | null
  readonly matched: ReadonlySet<string>
  readonly dragging: string | null
  /** Marked as held where the viewer put them. */
  readonly pinned: ReadonlySet<string>
}

/** Both renderers take the same: a scene, what stands out, and a camera that they follow without React. */
export type RendererProps = {
  readonly scene: Scene
  readonly emphasis: Emphasis
  readonly camera: CameraStore
  /** What is written on edges, by their ids. */
  readonly captions: ReadonlyMap<string, string>
  /** Counts refreshes: each sends one pulse along the strongest edges. */
  readonly beat: number
  readonly surface?: RefObject<HTMLDivElement | null>
}

/** The camera outside React: panning costs one listener call a frame and no render. */
export type CameraStore = {
  readonly get: () => Camera
  readonly set: (camera: Camera) => void
  readonly subscribe: (listener: (camera: Camera) => void) => () => void
}

export function createCamera(start: Camera): CameraStore {
  let current = start
  const listeners = new Set<(camera: Camera) => void>()
  return {
    get: () => current,
    set: (camera) => {
      current = camera
      for (const listener of listeners) listener(camera)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** Up to this many nodes are drawn as SVG; more on a canvas. */
export const maxSvgNodes = 300

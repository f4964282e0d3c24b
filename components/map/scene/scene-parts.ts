import type { Status } from '../../status-mark'
import type { Curve } from './curve'
import type { EdgeStyle } from './edge-style'

export type SceneNode = {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly r: number
  readonly shape: 'disc' | 'box' | 'diamond' | 'region' | 'hexagon' | 'service'
  readonly status: Status
  readonly label: string
  /** Half the width of the label. */
  readonly half: number
  /** Named even when most labels are hidden: outside parties, and whatever is unwell. */
  readonly strong: boolean
  readonly members: number
  /** Without any traffic in this time: greyed. */
  readonly idle: boolean
  readonly region: string
}

export type SceneEdge = EdgeStyle &
  Curve & {
    readonly id: string
    readonly from: string
    readonly to: string
    /** Its ends among the scene's nodes. */
    readonly a: number
    readonly b: number
    /** 0, 1, … among the edges from one node to another. */
    readonly lane: number
    readonly width: number
    /** One of the weaker edges of a crowded map: hardly drawn, so that the strong ones are seen. */
    readonly faint: boolean
    /** Events a second in steps of a fifth, for order and motion only. */
    readonly rate: number
    /** How much of it fails: 0 next to nothing, 1 some, 2 much; for motion. */
    readonly errors: 0 | 1 | 2
  }

export type SceneRegion = {
  readonly id: string
  readonly label: string
  readonly path: string
  readonly x: number
  readonly y: number
  readonly members: number
  /** The worst of its members. */
  readonly status: Status
  /** Differs when a member moved, came or went. */
  readonly shape: number
}

/** All that a renderer draws, in pixels at zoom 1. */
export type Scene = {
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
  readonly regions: readonly SceneRegion[]
}

export const emptyScene: Scene = { nodes: [], edges: [], regions: [] }

import type { Labels, MeshProxy, ObjectPort } from '../inventory/inventory-object'

/** Pods of one controller that are alike, as the inventory has them. */
export type GroundPods = {
  readonly namespace: string
  /** Of the controller, or `Pod`. */
  readonly kind: string
  readonly name: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly serviceAccount: string
  readonly ports: readonly ObjectPort[]
  readonly hostNetwork: boolean
  /** null: not told. */
  readonly proxy: MeshProxy | null
  /** Ports that lead past the proxy. */
  readonly skipsIn: readonly number[]
  readonly ips: readonly string[]
  readonly nodes: readonly string[]
  /** Ran to their end: their addresses may be others' by now. */
  readonly done: boolean
  /** Since when all of them are as they are, milliseconds. */
  readonly placedAt: number
}

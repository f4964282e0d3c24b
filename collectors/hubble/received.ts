import type { Observation } from '@/core/observation'

/** What one message or line was. Times in milliseconds; `nodes` are names as Relay gives them. */
export type Received =
  | Observation
  | { readonly type: 'node_status'; readonly state: string; readonly nodes: readonly string[]; readonly time: number }
  | {
      readonly type: 'lost_events'
      readonly cause: string
      readonly lost: number
      readonly node: string
      readonly time: number
      readonly first: number
    }
  | { readonly type: 'malformed'; readonly reason: string }
  | { readonly type: 'ignored'; readonly reason: string }

export const isObservation = (received: Received): received is Observation =>
  received.type === 'flow' || received.type === 'request'

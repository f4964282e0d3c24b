import type { FlowObservation } from '@/core/observation'

/** What a message holds. `ignored`: readable, but nothing was counted in it. */
export type Received =
  | FlowObservation
  | { readonly type: 'malformed'; readonly reason: string }
  | { readonly type: 'ignored'; readonly reason: string }

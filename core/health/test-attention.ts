import { buildBaseline } from './baseline'
import { findDrafts } from './find-attention'
import type { World, WorldEdge } from '../world'
import { external, http, workload, world } from '../world-fixture'

export const [web, bff, checkout, payments, cart] = ['web', 'bff', 'checkout', 'payments', 'cart'].map((name) =>
  workload(name),
) as [
  ReturnType<typeof workload>,
  ReturnType<typeof workload>,
  ReturnType<typeof workload>,
  ReturnType<typeof workload>,
  ReturnType<typeof workload>,
]
export const card = external('api.cardnet.example')
const hour = 3_600_000
export const over = { window: { from: 0, to: 100_000 }, stepMs: 10_000, rows: [], marks: [], changesSeen: false }

/** A World held against a past in which these edges were seen, at the rates of a World of 100 s. */
export const against = (now: readonly WorldEdge[], past: readonly WorldEdge[], parts: Partial<World> = {}) => {
  const part = (at: number) => world(past, { window: { from: at * hour, to: (at + 1) * hour } })
  return world(now, { baseline: buildBaseline([part(0), part(1), part(2)]), ...parts })
}

/** `severity: title` of each finding. */
export const titles = (of: World) => findDrafts(of).map(({ severity, title }) => `${severity}: ${title}`)

/** What proxies of one side told. */
export function proxy(reporter: 'source' | 'destination', n: number) {
  return http(n, 0, null, { source: 'prometheus:istio', reporter })
}

/** A Prometheus source in a state. */
export function sourceOf(id: string, state: 'running' | 'failed'): World['sources'][number] {
  return {
    id,
    type: 'prometheus',
    cluster: 'east',
    state,
    stateSince: 0,
    firstEventAt: 0,
    lastEventAt: 100_000,
    toldUntil: 100_000,
  }
}

import { isDataStoreName, isDataStorePort } from './data-store'
import { endpointKey, type Endpoint } from './endpoint'
import type { Fused } from './fuse'
import type { GraphNode } from './graph'
import type { Place, Places } from './graph-place'
import { membersHealth, nodeHealth } from './health'
import { addTally, emptyTally, figuresOf, type Tally, verdictTotal } from './tally'
import type { Edge } from './world'

type Traffic = { incoming: Tally | null; outgoing: Tally | null }
type Member = Traffic & { readonly endpoint: Endpoint }

/** A node while traffic is being counted. Members keep tallies of their own only where the node is folded. */
type Draft = Traffic & { readonly place: Place; readonly members: Map<string, Member>; dataStore: boolean }

/** All nodes of a World with everything that comes in and goes out, whatever a filter hides of it. */
export type NodeDrafts = {
  add(edge: Edge, fused: Fused): void
  /** An endpoint that exists, with or without traffic. */
  exists(endpoint: Endpoint): void
  finish(id: string, coveredSeconds: number): GraphNode | null
}

/** O(edges); percentiles are made only for the nodes that are finished. */
export function createNodeDrafts(places: Places): NodeDrafts {
  const byId = new Map<string, Draft>()
  const known = new Map<Endpoint, { readonly draft: Draft; readonly member: Member }>()

  const find = (endpoint: Endpoint) => {
    let found = known.get(endpoint)
    if (found) return found
    const place = places.of(endpoint)
    const draft = byId.get(place.id) ?? { place, members: new Map(), incoming: null, outgoing: null, dataStore: false }
    byId.set(place.id, draft)
    const key = endpointKey(endpoint)
    const member = draft.members.get(key) ?? { endpoint, incoming: null, outgoing: null }
    draft.members.set(key, member)
    if (!place.folded && isDataStoreName(endpoint.kind, endpoint.name)) draft.dataStore = true
    known.set(endpoint, (found = { draft, member }))
    return found
  }
  return {
    add(edge, { tally }) {
      const from = find(edge.from)
      const to = find(edge.to)
      if (from.draft.place.folded) send(from.member, tally)
      if (to.draft.place.folded) receive(to.member, tally)
      if (from.draft === to.draft && to.draft.place.folded) return
      send(from.draft, tally)
      receive(to.draft, tally)
      if (!to.draft.place.folded && isDataStorePort(edge.port) && reached(tally)) to.draft.dataStore = true
    },
    exists: (endpoint) => void find(endpoint),
    finish(id, coveredSeconds) {
      const draft = byId.get(id)
      return draft ? nodeOf(draft, coveredSeconds) : null
    },
  }
}

const receive = (at: Traffic, tally: Tally) => addTally((at.incoming ??= emptyTally()), tally)
const send = (at: Traffic, tally: Tally) => addTally((at.outgoing ??= emptyTally()), tally)

/** A caller that was refused tells nothing about what listens there. */
const reached = ({ verdicts }: Tally) => (verdicts.denied ?? 0) < verdictTotal(verdicts)

function nodeOf(draft: Draft, coveredSeconds: number): GraphNode {
  const { id, type, cluster, namespace, kind, name, folded } = draft.place
  const { health, why } = folded ? membersHealth(diagnosed(draft)) : nodeHealth(draft.incoming, draft.outgoing)
  return {
    id,
    type,
    cluster,
    namespace,
    kind,
    name,
    members: draft.members.size,
    dataStore: draft.dataStore,
    health,
    why,
    incoming: draft.incoming && figuresOf(draft.incoming, coveredSeconds),
    outgoing: draft.outgoing && figuresOf(draft.outgoing, coveredSeconds),
  }
}

function* diagnosed({ members }: Draft) {
  for (const { endpoint, incoming, outgoing } of members.values()) {
    yield { endpoint, diagnosis: nodeHealth(incoming, outgoing) }
  }
}

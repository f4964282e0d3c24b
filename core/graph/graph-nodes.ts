import { isDataStoreName, isDataStorePort } from '../inventory/data-store'
import { endpointType } from '../endpoint'
import type { GraphNode } from './graph'
import type { End, Seen } from './graph-ends'
import type { Place } from './graph-place'
import { membersHealth, nodeHealth } from '../health/health'
import type { Measure, Measures } from '../health/measure'
import { addTally, emptyTally, figuresOf, type Tally, verdictTotal } from '../figures/tally'

type Traffic = { incoming: Tally | null; outgoing: Tally | null }

/** A node while traffic is being counted. */
type Draft = Traffic & { readonly place: Place; readonly members: End[]; dataStore: boolean }

/** All nodes of a World with everything that comes in and goes out, whatever a filter hides of it. */
export type NodeDrafts = {
  /** An endpoint that exists, with or without traffic; once, and before its traffic. */
  exists(end: End, place: Place): void
  /** `waypoint`: which end is one, where the edge is a detour (core/witness/detours.ts); it counts there alone. */
  add(seen: Seen, waypoint?: 'from' | 'to'): void
  finish(place: Place, coveredSeconds: number): GraphNode | null
}

/** O(edges); percentiles are made only for the nodes that are finished. */
export function createNodeDrafts(measures: Measures): NodeDrafts {
  const drafts: (Draft | undefined)[] = []
  return {
    exists(end, place) {
      const { kind, name } = end.endpoint
      const draft = (drafts[place.index] ??= { place, members: [], incoming: null, outgoing: null, dataStore: false })
      draft.members.push(end)
      if (!place.folded && isDataStoreName(kind, name)) draft.dataStore = true
    },
    add({ edge, tally, from, to }, waypoint) {
      const caller = from.place && drafts[from.place.index]
      const callee = to.place && drafts[to.place.index]
      if (!caller || !callee) return
      if (caller.place.folded && waypoint !== 'to') send(from, tally)
      if (callee.place.folded && waypoint !== 'from') receive(to, tally)
      if (caller === callee && callee.place.folded) return
      if (!waypoint || (waypoint === 'from' && !caller.place.folded)) send(caller, tally)
      if (!waypoint || (waypoint === 'to' && !callee.place.folded)) receive(callee, tally)
      if (!callee.place.folded && isDataStorePort(edge.port) && reached(tally)) callee.dataStore = true
    },
    finish(place, coveredSeconds) {
      const draft = drafts[place.index]
      return draft ? nodeOf(draft, coveredSeconds, measures) : null
    },
  }
}

const receive = (at: Traffic, tally: Tally) => addTally((at.incoming ??= emptyTally()), tally)
const send = (at: Traffic, tally: Tally) => addTally((at.outgoing ??= emptyTally()), tally)

/** A caller that was refused tells nothing about what listens there. */
const reached = ({ verdicts }: Tally) => (verdicts.denied ?? 0) < verdictTotal(verdicts)

function nodeOf(draft: Draft, coveredSeconds: number, measures: Measures): GraphNode {
  const { id, type, cluster, namespace, kind, name, team, folded } = draft.place
  const inside = folded ? draft.members.filter(isMember) : draft.members
  const { health, why } = folded
    ? membersHealth(diagnosed(inside, measures))
    : nodeHealth(draft.incoming, draft.outgoing, measureOf(inside, measures))
  return {
    id,
    type,
    cluster,
    namespace,
    kind,
    name,
    team,
    members: inside.length,
    dataStore: draft.dataStore,
    role: folded ? null : (inside.find(({ role }) => role !== null)?.role ?? null),
    health,
    why,
    incoming: draft.incoming && figuresOf(draft.incoming, coveredSeconds),
    outgoing: draft.outgoing && figuresOf(draft.outgoing, coveredSeconds),
  }
}

/** A Service without traffic of its own stands in front of workloads that are counted already. */
const isMember = ({ endpoint, incoming, outgoing }: End) =>
  endpointType(endpoint) !== 'service' || incoming !== null || outgoing !== null

function* diagnosed(members: readonly End[], measures: Measures) {
  for (const { endpoint, incoming, outgoing } of members)
    yield { endpoint, diagnosis: nodeHealth(incoming, outgoing, measures.ofNode(endpoint)) }
}

/** That of the member that the past knows: a Service and the workload behind it share one place. */
function measureOf(members: readonly End[], measures: Measures): Measure | undefined {
  const found = members.map(({ endpoint }) => measures.ofNode(endpoint))
  return found.find(({ usual }) => usual !== null) ?? found[0]
}

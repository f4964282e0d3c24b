import { z } from 'zod'
import { type Confirmation, confirm, expectedStates } from '@/core/policy/apply/expectation'
import { edgeId } from '@/core/witness/fused-edge'
import { fuse } from '@/core/witness/fuse'
import { floorTo, type Window } from '@/core/time'
import type { World } from '@/core/world'
import { database } from '@/server/database'
import { readPolicyChange, readPolicyChanges, type StoredPolicyChange } from '@/server/db/policy/read-policy-changes'
import { readObjectSeen } from '@/server/db/policy/read-object-seen'
import { readUndoDepth } from '@/server/db/policy/read-undo-depth'
import { AppError } from '@/server/errors'
import { liveEnd } from '@/server/live-end'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'
import { loadTraffic } from '@/server/world'
import { policyRefSchema } from './schemas/policy-parts'
import { undoneBySchema } from './schemas/policy-write'
import { millis } from './schemas/shared'

const confirmationSchema = mirror<Confirmation>()(
  z.strictObject({
    edge: z.string().describe('Id of an edge of the map.'),
    becomes: z.enum(expectedStates).describe('What was expected.'),
    state: z.enum(['confirmed', 'contradicted', 'mixed', 'no-traffic']),
    allowed: z.number().describe('Counted since: flows, or requests where only those are counted.'),
    denied: z.number(),
  }),
)

const bucketMs = 10_000
/** After that other causes are likelier. */
const watchedMs = 24 * 3_600_000

/** Does the traffic since a change agree with what was expected of it? */
export const policyConfirmationView = view({
  name: 'policyConfirmation',
  path: 'policies/confirmation',
  summary: 'Traffic since a change of policies, held against what was expected of it.',
  params: z.strictObject({
    change: z.coerce
      .number('give the number of a change')
      .int()
      .min(1)
      .max(2_147_483_647)
      .describe('Number of a change; all that was applied together with it counts.'),
  }),
  answer: z.strictObject({
    plan: z.number(),
    by: z.string().describe('Who made it.'),
    did: z
      .enum(['applied', 'undone', 'applied-again'])
      .describe('Whether the plan is a change of its own, took one back, or took an undo back.'),
    since: millis.describe('The first bucket that begins 5 s after the last change of the plan or later.'),
    until: millis.describe('Up to where traffic is known, or to the first undo; at most a day after the change.'),
    objects: z.array(
      z.strictObject({
        changeId: z.number(),
        ref: policyRefSchema,
        state: z.enum(['intended', 'applied', 'failed', 'unknown']),
        appliedAt: millis.nullable(),
        seenAt: millis.nullable().describe('When the watch of the cluster told of it; null: not yet.'),
        undoOf: z.number().nullable().describe('The change that this one took back.'),
        undoneBy: undoneBySchema.nullable().describe('What took this one back since; null: nothing did.'),
      }),
    ),
    edges: z.array(confirmationSchema),
    counts: z.strictObject({
      confirmed: z.number(),
      contradicted: z.number(),
      mixed: z.number(),
      noTraffic: z.number(),
    }),
  }),
  maxAgeMs: 2_000,
  settle: async ({ change }) => ({ change, end: await liveEnd() }),
  load: async ({ change, end }, scope) => {
    const row = await readPolicyChange(database(), change, scope)
    if (!row) throw new AppError('not_found', 'There is no such change.')
    const plan = { cluster: '', ref: null, plan: row.plan, draft: null, states: [], id: null, before: null, limit: 100 }
    const rows = (await readPolicyChanges(database(), plan, scope)).toReversed()
    const window = windowSince(rows, end, effectMs)
    const traffic = (since: Window) =>
      since.to > since.from && row.expected.length > 0 ? loadTraffic({ window: since, recording: null }, scope) : null
    const [world, settled, seen, depth] = await Promise.all([
      traffic(window),
      traffic(windowSince(rows, end, settledMs)),
      Promise.all(rows.map((one) => readObjectSeen(database(), one))),
      readUndoDepth(database(), row.plan),
    ])
    return { row, rows, window, world, settled, seen, depth }
  },
  render: ({ row, rows, window, world, settled, seen, depth }) => {
    const edges = confirmations(row, world, settled)
    const count = (state: Confirmation['state']) => edges.filter((edge) => edge.state === state).length
    return {
      plan: row.plan,
      by: row.by,
      did: whatItDid(depth),
      since: world?.window.from ?? window.from,
      until: Math.max(window.from, window.to),
      objects: rows.map(({ id, ref, state, completedAt, undoOf, undoneBy }, i) => ({
        changeId: id,
        ref,
        state,
        appliedAt: state === 'applied' ? completedAt : null,
        seenAt: seen[i] ?? null,
        undoOf,
        undoneBy,
      })),
      edges,
      counts: {
        confirmed: count('confirmed'),
        contradicted: count('contradicted'),
        mixed: count('mixed'),
        noTraffic: count('no-traffic'),
      },
    }
  },
})

const whatItDid = (undos: number): 'applied' | 'undone' | 'applied-again' =>
  undos === 0 ? 'applied' : undos % 2 === 1 ? 'undone' : 'applied-again'

/** The agents of a cluster take so long to do what a policy says. */
const effectMs = 5_000
/**
 * After this, what still disagrees does so for good. Before, it may be of connections that were open, or of a source
 * whose counts reach back (Goldmane's of 15 s, scrapes).
 */
const settledMs = 60_000

function windowSince(rows: readonly StoredPolicyChange[], end: number, afterMs: number): Window {
  const last = Math.max(...rows.map(({ at, completedAt }) => completedAt ?? at))
  const from = Math.ceil((last + afterMs) / bucketMs) * bucketMs
  // What comes after an undo says nothing of the change.
  const undone = Math.min(...rows.map(({ undoneBy }) => undoneBy?.at ?? Infinity))
  return { from, to: Math.min(end, from + watchedMs, Math.max(from, floorTo(undone, bucketMs))) }
}

type Counted = { allowed: number; denied: number }

/** An edge with traffic since the change has settled is judged by that alone, else by all since the change. */
function confirmations({ expected }: StoredPolicyChange, world: World | null, settled: World | null): Confirmation[] {
  const [late, all] = [countedIn(settled), countedIn(world)]
  return expected.map((one) => confirm(one, late.get(one.edge) ?? all.get(one.edge) ?? { allowed: 0, denied: 0 }))
}

/** By id of the drawn edge, where anything was decided. Audited traffic was let pass. */
function countedIn(world: World | null): ReadonlyMap<string, Counted> {
  const counted = new Map<string, Counted>()
  for (const worldEdge of world?.edges ?? []) {
    const { verdicts } = fuse(worldEdge.rows).tally
    const [allowed, denied] = [(verdicts.allowed ?? 0) + (verdicts.audited ?? 0), verdicts.denied ?? 0]
    if (allowed + denied === 0) continue
    const id = edgeId(worldEdge)
    const known = counted.get(id) ?? { allowed: 0, denied: 0 }
    counted.set(id, { allowed: known.allowed + allowed, denied: known.denied + denied })
  }
  return counted
}

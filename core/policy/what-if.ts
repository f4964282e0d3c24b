import { type CompiledPolicies, compilePolicies } from './compile'
import type { PolicyGround } from './ground'
import type { SeenCalls } from './lock-out/callers'
import { lockOutChecks } from './lock-out/cut'
import { type LockOutAnswer, lockOutsOf } from './lock-out'
import { workloadKey } from './model'
import type { PolicyChange } from './policy-change'
import { defaultOptions, type Options } from './profile'
import { readPolicy } from './read-policy'
import type { LockOutReport, WhatIf } from './what-if/answer'
import { changedModel, objectKeys, refOfChange } from './what-if/changed-model'
import { concernedBy } from './what-if/concerned'
import { draftSelections } from './what-if/draft-selections'
import { edgeEffects, edgeReasons } from './what-if/edge-effects'
import { groundIndexer, type NumberedEdge } from './what-if/ground-table'
import { possibleChanges } from './what-if/possible-changes'
import { type LastReadable, readableChanges } from './what-if/readable-changes'
import { refKey } from './normal-form'

/** A ground whose policies are read and put in order once, for any number of drafts. */
export type PreparedGround = {
  readonly ground: PolicyGround
  /** Its policies without a draft. */
  readonly compiled: (staged: Options['staged']) => CompiledPolicies
  readonly indexer: (staged: Options['staged']) => ReturnType<typeof groundIndexer>
}

export type WhatIfOptions = {
  /** Absent: staged policies count where the draft is of nothing else. */
  readonly staged?: Options['staged']
  /** What of the draft could be read before; see `readableChanges`. */
  readonly last?: LastReadable
}

/** A draft about more workloads would else take too long to be answered behind a keystroke. */
const mostProbed = 200

/** O(objects + edges); the rest follows with the first question. */
export function prepareGround(ground: PolicyGround): PreparedGround {
  const compiled = once((staged: Options['staged']) =>
    compilePolicies(ground.model, { ...defaultOptions, profile: ground.profile, staged }),
  )
  return { ground, compiled, indexer: once((staged) => groundIndexer(ground, compiled(staged))) }
}

function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}

/**
 * What a draft does to recorded traffic and to what may pass, whom it selects and whom it locks out. Where an object of
 * the draft cannot be read, the answer is about the last state of it that could be, and says so.
 * O(objects + edges + changed rows × ends).
 */
export function whatIf(prepared: PreparedGround, draft: readonly PolicyChange[], options: WhatIfOptions = {}): WhatIf {
  const { ground } = prepared
  const { changes, problems } = readableChanges(draft, options.last)
  const { staged, touchesStaged } = stagedOf(prepared, changes, options)
  const before = prepared.compiled(staged)
  const after = draftCompiled(prepared, changes, staged)
  const { essentials, change } = prepared.indexer(staged)
  const made = change(after)
  return {
    staged,
    touchesStaged,
    problems,
    ...edgeEffects(ground, made, concernedBy(made.change)),
    possible: possibleChanges(made.change),
    lockOuts: reportOf(lockOutsOf(made.change, essentials, made.ends, { mostProbed, seen: seenCalls(made.edges) })),
    selections: draftSelections(before.catalogue, after.catalogue, made.change.after, changes),
  }
}

/** What decides recorded edges with a draft, by their ids; see `EdgeEffect.why`. */
export function whyEdges(
  prepared: PreparedGround,
  draft: readonly PolicyChange[],
  ids: readonly string[],
  options: WhatIfOptions = {},
): Readonly<Record<string, string>> {
  const { changes } = readableChanges(draft, options.last)
  const { staged } = stagedOf(prepared, changes, options)
  return edgeReasons(prepared.ground, prepared.indexer(staged).change(draftCompiled(prepared, changes, staged)), ids)
}

/** How staged policies count, and whether the draft has any. */
export function stagedOf(prepared: PreparedGround, changes: readonly PolicyChange[], { staged }: WhatIfOptions) {
  const found = stagedChanges(prepared, changes)
  const all = changes.length > 0 && found.length === changes.length
  return { staged: staged ?? (all ? ('enforced' as const) : ('left-out' as const)), touchesStaged: found.length > 0 }
}

/** The policies of a ground with a draft. */
export function draftCompiled(
  { ground, compiled }: PreparedGround,
  changes: readonly PolicyChange[],
  staged: Options['staged'],
): CompiledPolicies {
  const before = compiled(staged)
  return changes.length === 0 ? before : compilePolicies(changedModel(ground.model, changes), before.options)
}

/** Changes that write or delete a policy that is staged. */
function stagedChanges({ ground, compiled }: PreparedGround, changes: readonly PolicyChange[]) {
  const { catalogue } = compiled('left-out')
  const keys = objectKeys(ground.model.objects)
  return changes.filter((change) => {
    const old = ground.model.objects[keys.indexOf(refKey(refOfChange(change)))]
    const object = change.change === 'put' ? change.object : old
    return object !== undefined && readPolicy(object, catalogue).policy?.mode === 'staged'
  })
}

/** Callers of whom nothing at all was recorded may have reached anybody. */
function seenCalls(edges: readonly NumberedEdge[]): SeenCalls {
  const calls = new Map<number, Set<number | null>>()
  for (const { from, to } of edges) {
    if (from === null) continue
    const known = calls.get(from) ?? new Set<number | null>()
    calls.set(from, known)
    known.add(to)
  }
  return (callers, to) => {
    const recorded = callers.flatMap((caller) => calls.get(caller) ?? [])
    return recorded.length === 0 || recorded.some((called) => called.has(to))
  }
}

function reportOf({ found: all, unknown }: LockOutAnswer): LockOutReport {
  const of = (wanted: boolean) =>
    all
      .filter(({ used }) => used === wanted)
      .map(({ check, verdict, workloads, message, why }) => ({
        check,
        verdict,
        workloads: workloads.map(workloadKey),
        message,
        why,
      }))
  const [found, unused] = [of(true), of(false)]
  return {
    found,
    unused,
    safe: lockOutChecks.filter((check) => ![...found, ...unknown].some((one) => one.check === check)),
    unknown,
  }
}

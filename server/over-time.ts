import { buildMarks } from '@/core/marks/marks'
import type { OverTime } from '@/core/health/find-attention'
import type { Scope } from '@/core/scope'
import type { World } from '@/core/world'
import { readObjectChanges } from '@/server/db/policy/read-object-changes'
import { database } from './database'
import { loadSteps } from './steps'
import type { When } from './when'

/** Steps are no finer than what a reader tells apart; their number decides what finding an onset costs. */
const points = 90
const leastMs = 3_600_000

/**
 * Steps of these edges, each by itself, and what was changed, over the window and some time before:
 * trouble is often older than the window that shows it. The edges are of a World within the scope.
 */
export async function loadOverTime(
  { window, recording }: When,
  scope: Scope,
  world: World,
  edges: World['edges'],
): Promise<OverTime> {
  const length = window.to - window.from
  const longer = { from: window.to - Math.max(leastMs, length * 1.5), to: window.to }
  const [steps, changes] = await Promise.all([
    loadSteps({ window: longer, recording }, edges, points, (edge) => edge.id),
    // A recording is of traffic alone.
    recording === null ? readObjectChanges(database(), longer, scope) : [],
  ])
  return {
    window: steps.window,
    stepMs: steps.stepMs,
    rows: steps.rows,
    marks: buildMarks(changes, Number.POSITIVE_INFINITY).marks,
    changesSeen: recording === null && world.inventory.length > 0,
  }
}

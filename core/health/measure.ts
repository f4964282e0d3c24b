import { endpointKey, type Endpoint } from '../endpoint'
import { parseHealthAnnotation } from './tolerance-annotation'
import { compileTolerances, defaultTolerance, type Tolerance } from './tolerances'
import type { L7Protocol } from '../verdict'
import { storedIds, type Usual, type World, type WorldEdge } from '../world'

/** What the health of one edge or service is measured by. */
export type Measure = {
  readonly tolerance: Tolerance
  /** What was usual before; null where that is not known. */
  readonly usual: Usual | null
  /** How long the past is that `usual` is of, milliseconds. */
  readonly pastMs: number
}

/** The built-in limits, and no past. */
export const plainMeasure: Measure = { tolerance: defaultTolerance, usual: null, pastMs: 0 }

export type Measures = {
  ofEdge(edge: WorldEdge, l7: L7Protocol): Measure
  ofNode(endpoint: Endpoint): Measure
}

/** Limits and past of everything in a World; callees decide which rule holds. O(1) a question after the first about an endpoint. */
export function measuresOf(world: Pick<World, 'baseline' | 'tolerances' | 'inventory'>): Measures {
  const { baseline = null, tolerances = [], inventory } = world
  const ruleOf = compileTolerances(tolerances)
  const annotations = new Map<string, string>()
  for (const { endpoint, health } of inventory) if (health !== undefined) annotations.set(endpointKey(endpoint), health)
  const pastMs = baseline ? baseline.window.to - baseline.window.from : 0
  const known = new Map<Endpoint, Map<L7Protocol | null, Tolerance>>()
  const toleranceOf = (callee: Endpoint, l7: L7Protocol | null): Tolerance => {
    if (tolerances.length === 0 && annotations.size === 0) return defaultTolerance
    const byL7 = known.get(callee) ?? new Map<L7Protocol | null, Tolerance>()
    known.set(callee, byL7)
    const found = byL7.get(l7) ?? annotated(ruleOf(callee, l7), annotations.get(endpointKey(callee)))
    byL7.set(l7, found)
    return found
  }
  return {
    ofEdge(worldEdge, l7) {
      const tolerance = toleranceOf(worldEdge.edge.to, l7)
      if (!baseline) return tolerance === defaultTolerance ? plainMeasure : { tolerance, usual: null, pastMs }
      let usual: Usual | undefined
      for (const id of storedIds(worldEdge)) usual ??= baseline.edges.get(id)
      return { tolerance, usual: usual ?? null, pastMs }
    },
    ofNode(endpoint) {
      const tolerance = toleranceOf(endpoint, null)
      return { tolerance, usual: baseline?.nodes.get(endpointKey(endpoint)) ?? null, pastMs }
    },
  }
}

function annotated(tolerance: Tolerance, text: string | undefined): Tolerance {
  const { set } = parseHealthAnnotation(text ?? '')
  return Object.keys(set).length === 0 ? tolerance : { ...tolerance, ...set, by: 'its annotation' }
}

import { type CompiledPolicies, compilePolicies } from '../compile'
import type { Decision, End, Flow } from '../decision'
import { endOf, evaluate } from '../evaluate'
import type { GroundEdge, GroundEnd, PolicyGround } from '../ground'
import { defaultOptions } from '../profile'

/** A ground with what its policies say of its traffic. */
export type JudgedGround = {
  readonly ground: PolicyGround
  readonly compiled: CompiledPolicies
  readonly edges: readonly JudgedEdge[]
}

/** `judged` null: an end is not known, so nothing can be said. */
export type JudgedEdge = {
  readonly edge: GroundEdge
  readonly judged: { readonly flow: Flow; readonly decision: Decision } | null
}

const known = new WeakMap<PolicyGround, JudgedGround>()

/** Found once for a ground. O(objects + edges · rules of their ends). */
export function judgeGround(ground: PolicyGround): JudgedGround {
  const had = known.get(ground)
  if (had) return had
  const compiled = compilePolicies(ground.model, { ...defaultOptions, profile: ground.profile })
  const edges = ground.edges.map((edge): JudgedEdge => {
    const flow = flowOfEdge(ground, edge)
    return { edge, judged: flow && { flow, decision: evaluate(compiled, flow) } }
  })
  const made = { ground, compiled, edges }
  known.set(ground, made)
  return made
}

/** The connections of an edge as one to judge; null: an end is not known. */
export function flowOfEdge({ model }: PolicyGround, { from, to, protocol, port }: GroundEdge): Flow | null {
  const [source, target] = [groundEnd(model, from), groundEnd(model, to)]
  return source && target && { from: source, to: target, protocol, port }
}

export function groundEnd({ workloads, nodes }: PolicyGround['model'], end: GroundEnd): End | null {
  switch (end.type) {
    case 'workload': {
      const workload = workloads[end.workload]
      return workload ? endOf(workload) : null
    }
    case 'node': {
      const node = nodes.find(({ name }) => name === end.name)
      return { type: 'node', name: end.name, addresses: node?.addresses ?? [] }
    }
    case 'external':
      return { type: 'external', address: end.address, names: end.names }
    case 'unknown':
      return null
  }
}

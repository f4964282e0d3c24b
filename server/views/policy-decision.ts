import { z } from 'zod'
import { endpointType } from '@/core/endpoint'
import { parseFlowId } from '@/core/flow-id'
import { edgeId } from '@/core/fused-edge'
import { buildDecisions } from '@/core/policy/pages/build-decisions'
import { buildFlowDecision } from '@/core/policy/pages/build-flow-decision'
import { judgeGround } from '@/core/policy/pages/judge-ground'
import type { Scope } from '@/core/scope'
import { selectEdges } from '@/core/selection'
import { floorTo } from '@/core/time'
import type { WorldEdge } from '@/core/world'
import { AppError } from '@/server/errors'
import { loadFlow } from '@/server/flows'
import { selectionParam, windowed } from '@/server/params'
import { loadKnownPolicies, policyClusterParam, type PolicyQuestion, settlePolicies } from '@/server/policy-question'
import { view } from '@/server/view'
import { loadTraffic } from '@/server/world'
import { decisionPageSchema } from './schemas/policy-decision'

/** What do policies decide on an edge, on what a node takes in and sends, or on one record; and is that what happened? */
export const policyDecisionView = view({
  name: 'policyDecision',
  path: 'policies/decision',
  summary:
    'What policies decide on the edges under a node or edge of the map, or on one record as of its time: verdict, sentences, deciding policies and rules at both ends, and whether recorded traffic differs.',
  params: windowed({
    cluster: policyClusterParam,
    sel: selectionParam,
    flow: z
      .string()
      .regex(/^([0-9a-z-]{3,30})?$/, 'give the id of a record')
      .default('')
      .describe('Id of a record of live data, in place of `sel`.'),
  }).refine(({ sel, flow }) => (sel === '') !== (flow === ''), 'give either sel or flow'),
  answer: decisionPageSchema,
  settle: (params) => settlePolicies(params),
  load: async (question, scope) => (question.flow === '' ? loadEdges(question, scope) : loadRecord(question, scope)),
  render: (loaded) =>
    'flow' in loaded
      ? buildFlowDecision(judgeGround(loaded.ground), loaded.flow)
      : buildDecisions(judgeGround(loaded.ground), loaded.wanted),
})

async function loadEdges(question: PolicyQuestion & { readonly sel: string }, scope: Scope) {
  const world = await loadTraffic({ window: question.period, recording: null }, scope)
  const { incoming, outgoing } = selectEdges(world, question.sel)
  const edges = [...incoming, ...outgoing]
  const ground = await loadKnownPolicies({ ...question, cluster: question.cluster || clusterOf(edges) }, scope)
  return { ground, wanted: new Set([...edges.map(edgeId), question.sel]) }
}

/** Of the first end that is a workload. */
function clusterOf(edges: readonly WorldEdge[]): string {
  const ends = edges.flatMap(({ edge }) => [edge.to, edge.from])
  return (ends.find((end) => endpointType(end) === 'workload' && end.cluster !== '') ?? ends[0])?.cluster ?? ''
}

async function loadRecord(question: PolicyQuestion & { readonly flow: string }, scope: Scope) {
  const place = parseFlowId(question.flow)
  const flow = place && (await loadFlow(place, null, scope))
  if (!flow) throw new AppError('not_found', 'This record is no longer kept. Raw flows are kept for some hours.')
  const at = Math.floor(flow.time)
  const from = floorTo(at, 10_000)
  const cluster = clusterOf([{ edge: { ...flow, id: 0 }, rows: [] }])
  const period = { from, to: from + 10_000 }
  return { flow, ground: await loadKnownPolicies({ cluster: question.cluster || cluster, at, period }, scope) }
}

import { z } from 'zod'
import { type Endpoint, endpointType, parseEndpointKey } from '@/core/endpoint'
import { parseFlowId } from '@/core/flows/flow-id'
import { edgeId } from '@/core/witness/fused-edge'
import { buildDecisions } from '@/core/policy/pages/build-decisions'
import { buildFlowDecision } from '@/core/policy/pages/build-flow-decision'
import { judgeGround } from '@/core/policy/pages/judge-ground'
import type { Scope } from '@/core/scope'
import { selectEdges } from '@/core/graph/selection'
import { floorTo } from '@/core/time'
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
  const { sel, period } = question
  const cluster = question.cluster || clusterOf(sel.split('|').flatMap((key) => parseEndpointKey(key) ?? []))
  const ground = await loadKnownPolicies({ ...question, cluster }, scope)
  const own = ground.edges.filter(({ id }) => id === sel || id.startsWith(`${sel}|`) || id.includes(`|${sel}|`))
  if (own.length > 0) return { ground, wanted: new Set(own.map(({ id }) => id)) }
  // Drawn at another level than that of workloads: only a World knows what is folded into it.
  const world = await loadTraffic({ window: period, recording: null }, scope)
  const { incoming, outgoing } = selectEdges(world, sel)
  return { ground, wanted: new Set([...incoming, ...outgoing].map(edgeId)) }
}

/** That of a workload before that of another end; '' where none has one. */
function clusterOf(ends: readonly Endpoint[]): string {
  const known = ends.filter(({ cluster }) => cluster !== '')
  return (known.findLast((end) => endpointType(end) === 'workload') ?? known[0])?.cluster ?? ''
}

async function loadRecord(question: PolicyQuestion & { readonly flow: string }, scope: Scope) {
  const place = parseFlowId(question.flow)
  const flow = place && (await loadFlow(place, null, scope))
  if (!flow) throw new AppError('not_found', 'This record is no longer kept. Raw flows are kept for some hours.')
  const at = Math.floor(flow.time)
  const from = floorTo(at, 10_000)
  const cluster = clusterOf([flow.from, flow.to])
  const period = { from, to: from + 10_000 }
  return { flow, ground: await loadKnownPolicies({ cluster: question.cluster || cluster, at, period }, scope) }
}

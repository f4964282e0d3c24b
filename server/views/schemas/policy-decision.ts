import { z } from 'zod'
import type {
  DecisionPage,
  EdgeDecision,
  EndCover,
  EndIsolation,
  FlowTold,
  SideDecision,
} from '@/core/policy/pages/decision-page'
import type { Difference } from '@/core/policy/pages/differs'
import { protocols } from '@/core/policy/ports'
import { verdicts } from '@/core/verdict'
import { mirror } from '@/server/mirror'
import { directionSchema, layerSchema, policyRefSchema, policyVerdictSchema } from './policy-parts'
import { known, millis, windowSchema } from './shared'

const sideSchema = mirror<SideDecision>()(
  z.strictObject({
    layer: layerSchema,
    direction: directionSchema,
    verdict: policyVerdictSchema,
    reason: z
      .enum(['rule', 'end-of-tier', 'no-policy', 'not-a-pod', 'same-pod', 'own-node', 'open'])
      .describe('end-of-tier: isolated, and no rule matched. no-policy: nothing decides, so it is allowed.'),
    tier: z.string().nullable(),
    policy: policyRefSchema.nullable(),
    rule: z.string().nullable().describe('Path in the policy.'),
    selecting: z.array(policyRefSchema).describe('Policies that select the pod, in the order that they are read.'),
  }),
)

const differenceSchema = mirror<Difference>()(
  z.strictObject({ says: z.enum(['allowed', 'denied']), last: millis, text: z.string() }),
)

const edgeSchema = mirror<EdgeDecision>()(
  z.strictObject({
    id: z.string(),
    from: z.string(),
    to: z.string(),
    protocol: z.enum(protocols),
    port: z.number().nullable(),
    verdict: z
      .enum(['allowed', 'denied', 'undefined', 'not-known'])
      .describe('undefined: left open. not-known: an end is not known, or hidden.'),
    sentences: z.array(z.string()).describe('The verdict first, then why.'),
    sides: z.array(sideSchema),
    recorded: z
      .strictObject({
        allowed: known,
        denied: known,
        lastAllowed: millis.nullable(),
        lastDenied: millis.nullable(),
        witness: z.string(),
        evidence: z.strictObject({ count: z.number(), first: millis, last: millis, days: z.number() }),
      })
      .nullable(),
    difference: differenceSchema.nullable().describe('What happened is not what the policies say.'),
  }),
)

const isolationSchema = mirror<EndIsolation>()(
  z.strictObject({ state: z.enum(['isolated', 'open', 'maybe']), by: z.array(policyRefSchema) }),
)

const endSchema = mirror<EndCover>()(
  z.strictObject({
    namespace: z.string(),
    name: z.string(),
    kind: z.string(),
    ingress: isolationSchema,
    egress: isolationSchema,
    mesh: isolationSchema.nullable().describe('null: without a proxy, or none that is known.'),
  }),
)

const flowSchema = mirror<FlowTold>()(
  z.strictObject({
    id: z.string(),
    time: millis,
    verdict: z.enum(verdicts),
    source: z.string(),
    steps: z.array(
      z.strictObject({
        outcome: z.enum(['allowed', 'denied', 'audited', 'passed', 'staged', 'unknown']),
        text: z.string(),
        policy: z.strictObject({ kind: z.string(), namespace: z.string(), name: z.string() }).optional(),
      }),
    ),
  }),
)

export const decisionPageSchema = mirror<DecisionPage>()(
  z.strictObject({
    cluster: z.string(),
    at: millis.describe('Policies are those of this moment.'),
    period: windowSchema,
    hidesNamespaces: z.boolean(),
    edges: z.array(edgeSchema).describe('What differs first, then most connections first; at most 100.'),
    edgeCount: z.number(),
    differing: z.number(),
    ends: z.array(endSchema).describe('Workloads at the ends, at most 20.'),
    flow: flowSchema.nullable().describe('What the source of one record said of policies.'),
  }),
)

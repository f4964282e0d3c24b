import { z } from 'zod'
import type { ObjectManager, ObjectOwner } from '@/core/policy/ground'
import { type LintFinding, lintRuleNames, severities } from '@/core/policy/lint/finding'
import type { PolicyRef } from '@/core/policy/normal-form'
import { type Hits, hitWitnesses } from '@/core/policy/pages/hits'
import type { RuleRow } from '@/core/policy/pages/policies-page'
import { mirror } from '@/server/mirror'
import { millis } from './shared'

export const policyRefSchema = mirror<PolicyRef>()(
  z.strictObject({
    group: z.string().describe('API group, without a version.'),
    kind: z.string(),
    namespace: z.string().nullable().describe('null: of the cluster.'),
    name: z.string(),
  }),
)

export const managerSchema = mirror<ObjectManager>()(
  z.strictObject({
    manager: z.string(),
    operation: z.enum(['Apply', 'Update', 'unknown']),
    time: millis.nullable(),
  }),
)

const copiedFrom = z.string().optional().describe('A tracking-id of Argo CD that names another object.')

export const ownerSchema = mirror<ObjectOwner>()(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.enum(['argo-cd', 'flux', 'helm']), name: z.string(), copiedFrom }),
    z.strictObject({ type: z.literal('controller'), kind: z.string(), name: z.string(), copiedFrom }),
    z.strictObject({ type: z.literal('people'), manager: z.string().nullable(), copiedFrom }),
    z.strictObject({
      type: z.literal('unknown'),
      writer: z.string().optional().describe('The manager that wrote it last.'),
      copiedFrom,
    }),
  ]),
)

export const directionSchema = z.enum(['ingress', 'egress'])
export const layerSchema = z.enum(['network', 'mesh'])
export const policyVerdictSchema = z
  .enum(['allowed', 'denied', 'undefined'])
  .describe('undefined: left open by the specification, or by what is not known.')
export const portProtocolSchema = z.enum(['TCP', 'UDP', 'SCTP'])

export const hitsSchema = mirror<Hits>()(
  z.strictObject({
    allowed: z.number().describe('Connections, else flows, that it let pass.'),
    denied: z.number(),
    lastUsed: millis.nullable().describe('null: never in the period.'),
    edges: z.number().describe('Distinct edges.'),
    witnesses: z.array(z.enum(hitWitnesses)).describe('Who says that it was this one; engine is Oriel itself.'),
  }),
)

export const ruleRowShape = {
  path: z.string(),
  direction: directionSchema,
  action: z.enum(['allow', 'deny', 'pass', 'log', 'ask', 'unknown']),
  peer: z.string(),
  ports: z.string(),
  hits: hitsSchema,
}
export const ruleRowSchema = mirror<RuleRow>()(z.strictObject(ruleRowShape))

export const lintFindingSchema = mirror<LintFinding>()(
  z.strictObject({
    rule: z.enum(lintRuleNames),
    severity: z.enum(severities),
    policy: policyRefSchema,
    path: z.string().nullable().describe('Where in the object; null: all of it.'),
    message: z.string(),
    remedy: z.string(),
  }),
)

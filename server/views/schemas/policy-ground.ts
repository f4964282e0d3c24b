import { z } from 'zod'
import type { GroundEdge, GroundEnd, PolicyGround, PolicyRecord } from '@/core/policy/ground'
import type { Model } from '@/core/policy/model'
import { profiles } from '@/core/policy/profile'
import { mirror } from '@/server/mirror'
import { managerSchema, ownerSchema, policyRefSchema, portProtocolSchema } from './policy-parts'
import { unreadSchema } from './policies-page'
import { known, millis, windowSchema } from './shared'

const texts = z.array(z.string())
const labelsSchema = z.record(z.string(), z.string())

const workloadSchema = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  kind: z.string(),
  labels: labelsSchema,
  annotations: labelsSchema,
  serviceAccount: z.string(),
  ips: texts,
  ports: z.array(z.strictObject({ name: z.string(), protocol: portProtocolSchema, port: z.number() })),
  hostNetwork: z.boolean(),
  nodes: texts,
  placedAt: millis.optional().describe('Since when all its pods are where they are.'),
  mesh: z.enum(['istio', 'linkerd', 'unknown']).nullable().describe('null: seen without a proxy.'),
})

const serviceSchema = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  labels: labelsSchema,
  selector: labelsSchema.nullable(),
  clusterIps: texts,
  externalIps: texts.optional(),
  headless: z.literal(true).optional(),
  externalName: z.string().optional(),
  ports: z.array(
    z.strictObject({
      name: z.string(),
      protocol: portProtocolSchema,
      port: z.number(),
      targetPort: z.union([z.number(), z.string()]),
    }),
  ),
  addresses: texts,
  endpoints: z
    .array(
      z.strictObject({
        addresses: texts,
        ports: z.array(z.strictObject({ name: z.string(), protocol: portProtocolSchema, port: z.number().nullable() })),
      }),
    )
    .optional(),
})

const modelSchema = mirror<Model>()(
  z.strictObject({
    namespaces: z.array(z.strictObject({ name: z.string(), labels: labelsSchema, annotations: labelsSchema })),
    workloads: z.array(workloadSchema),
    services: z.array(serviceSchema),
    nodes: z.array(z.strictObject({ name: z.string(), labels: labelsSchema, addresses: texts })),
    serviceAccounts: z.array(z.strictObject({ namespace: z.string(), name: z.string(), labels: labelsSchema })),
    objects: z.array(z.record(z.string(), z.unknown())).describe('Manifests, as they were written.'),
  }),
)

const recordSchema = mirror<PolicyRecord>()(
  z.strictObject({
    ref: policyRefSchema,
    apiVersion: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    createdAt: millis,
    changedAt: millis,
    managers: z.array(managerSchema),
    owner: ownerSchema,
  }),
)

const endSchema = mirror<GroundEnd>()(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('workload'), workload: z.number().describe('Number in `model.workloads`.') }),
    z.strictObject({ type: z.literal('node'), name: z.string() }),
    z.strictObject({ type: z.literal('external'), address: z.string(), names: texts }),
    z.strictObject({ type: z.literal('unknown'), why: z.enum(['hidden', 'not-known']) }),
  ]),
)

export const groundEdgeSchema = mirror<GroundEdge>()(
  z.strictObject({
    id: z.string(),
    from: endSchema,
    to: endSchema,
    protocol: portProtocolSchema,
    port: z.number().nullable(),
    allowed: known,
    denied: known,
    evidence: z.strictObject({ count: z.number(), first: millis, last: millis, days: z.number() }),
    lastAllowed: millis.nullable(),
    lastDenied: millis.nullable(),
    witness: z.string(),
    named: z
      .array(
        z.strictObject({
          verdict: z.enum(['allowed', 'denied']),
          witness: z.enum(['hubble', 'goldmane']),
          policies: z.array(z.string()).describe('By key.'),
        }),
      )
      .optional()
      .describe('Policies that a source named as those that decided.'),
  }),
)

export const policyGroundSchema = mirror<PolicyGround>()(
  z.strictObject({
    cluster: z.string(),
    at: millis,
    period: windowSchema,
    profile: z.enum(profiles),
    model: modelSchema,
    records: z.array(recordSchema).describe('Of each of `model.objects`, in the same order.'),
    edges: z.array(groundEdgeSchema),
    unread: unreadSchema,
    hidesNamespaces: z.boolean(),
    lastChange: millis
      .nullable()
      .describe('When a policy was last made, changed or deleted; null: not in the history.'),
    recordedFrom: millis.optional().describe('When the oldest traffic that is kept begins; absent: there is none.'),
  }),
)

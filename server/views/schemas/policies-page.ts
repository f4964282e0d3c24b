import { z } from 'zod'
import type {
  BoardTier,
  DifferingEdge,
  Isolation,
  NamespaceCover,
  PoliciesPage,
  PolicyRow,
  WorkloadCover,
} from '@/core/policy/pages/policies-page'
import { profiles } from '@/core/policy/profile'
import { mirror } from '@/server/mirror'
import {
  directionSchema,
  hitsSchema,
  layerSchema,
  lintFindingSchema,
  managerSchema,
  ownerSchema,
  policyRefSchema,
  portProtocolSchema,
  ruleRowSchema,
} from './policy-parts'
import { known, millis, windowSchema } from './shared'

const tierSchema = mirror<BoardTier>()(
  z.strictObject({
    name: z.string(),
    title: z.string(),
    layer: layerSchema,
    order: z.number(),
    end: z
      .enum(['deny', 'next'])
      .describe('What becomes of a connection that no rule decides, for pods that are isolated.'),
    policies: z.number(),
  }),
)

export const policyRowShape = {
  key: z.string().describe('Names the object: `group/kind/namespace/name`.'),
  ref: policyRefSchema,
  apiVersion: z.string(),
  name: z.string(),
  mode: z.enum(['enforced', 'staged']),
  layer: z.enum(['network', 'mesh', 'none']).describe('none: it decides nothing by itself.'),
  owner: ownerSchema,
  managers: z.array(managerSchema),
  createdAt: millis,
  changedAt: millis,
  resourceVersion: z.string(),
  places: z.array(z.strictObject({ tier: z.string(), direction: directionSchema, order: z.number() })),
  isolates: z.array(directionSchema),
  hits: hitsSchema,
  unreadable: z.string().nullable().describe('Why it could not be read.'),
}

const policyRowSchema = mirror<PolicyRow>()(
  z.strictObject({
    ...policyRowShape,
    selects: z.array(z.number()).describe('Numbers in `workloads`.'),
    rules: z.array(ruleRowSchema),
    findings: z.array(z.number()).describe('Numbers in `findings`.'),
  }),
)

const isolationSchema = mirror<Isolation>()(
  z.strictObject({
    state: z.enum(['isolated', 'open', 'maybe']),
    by: z.array(z.number()).describe('Numbers in `policies`.'),
  }),
)

const workloadSchema = mirror<WorkloadCover>()(
  z.strictObject({
    namespace: z.string(),
    name: z.string(),
    kind: z.string(),
    ingress: isolationSchema,
    egress: isolationSchema,
    mesh: isolationSchema.nullable().describe('null: without a proxy, or none that is known.'),
  }),
)

const namespaceSchema = mirror<NamespaceCover>()(
  z.strictObject({
    namespace: z.string(),
    workloads: z.number(),
    ingress: z.number().describe('Workloads that are surely isolated.'),
    egress: z.number(),
    both: z.number(),
    inMesh: z.number().describe('Workloads with a proxy.'),
    mesh: z.number().describe('Of these, the ones that the mesh isolates.'),
    policies: z.number(),
  }),
)

const differingSchema = mirror<DifferingEdge>()(
  z.strictObject({
    id: z.string().describe('Id of an edge of the map.'),
    from: z.string(),
    to: z.string(),
    protocol: portProtocolSchema,
    port: known,
    says: z.enum(['allowed', 'denied']),
    allowed: known,
    denied: known,
    last: millis,
    text: z.string(),
  }),
)

export const unreadSchema = z
  .array(z.strictObject({ kind: z.string(), reason: z.string() }))
  .describe('Kinds that the cluster serves and that could not be read.')

export const policiesPageSchema = mirror<PoliciesPage>()(
  z.strictObject({
    cluster: z.string().describe('Empty where no cluster’s objects are read.'),
    clusters: z.array(z.string()),
    at: millis.describe('Objects are those of this moment.'),
    period: windowSchema.describe('Time that traffic was counted in.'),
    profile: z.enum(profiles).describe('Whose freedom of the specification is taken as known.'),
    hidesNamespaces: z.boolean(),
    unread: unreadSchema,
    tiers: z.array(tierSchema),
    policies: z.array(policyRowSchema),
    workloads: z.array(workloadSchema),
    namespaces: z.array(namespaceSchema),
    findings: z.array(lintFindingSchema),
    traffic: z.strictObject({ edges: z.number(), undecided: z.number(), differing: z.number() }),
    differing: z.array(differingSchema).describe('Most connections first, at most 200.'),
  }),
)

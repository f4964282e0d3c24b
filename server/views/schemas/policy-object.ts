import { z } from 'zod'
import type { MatchedRule, ObjectNow, ObjectPage, ObjectVersion, WorkloadName } from '@/core/policy/pages/object-page'
import { mirror } from '@/server/mirror'
import { policyRowShape } from './policies-page'
import { lintFindingSchema, managerSchema, policyRefSchema, ruleRowShape } from './policy-parts'
import { millis, windowSchema } from './shared'

const workloadNameSchema = mirror<WorkloadName>()(
  z.strictObject({ namespace: z.string(), name: z.string(), kind: z.string() }),
)

const ruleSchema = mirror<MatchedRule>()(
  z.strictObject({
    ...ruleRowShape,
    matches: z.array(workloadNameSchema).describe('Workloads at the other end now, at most 50.'),
    matchCount: z.number(),
    maybe: z.number().describe('Of these, the ones of which it is not sure.'),
  }),
)

const nowSchema = mirror<ObjectNow>()(
  z.strictObject({
    ...policyRowShape,
    yaml: z.string().describe('As a file would have it: without what the API server adds.'),
    uid: z.string(),
    selects: z.array(workloadNameSchema).describe('At most 500.'),
    selectCount: z.number(),
    rules: z.array(ruleSchema),
    findings: z.array(lintFindingSchema),
  }),
)

const versionSchema = mirror<ObjectVersion>()(
  z.strictObject({
    from: millis,
    to: millis.nullable().describe('null: it says so still.'),
    uid: z.string(),
    resourceVersion: z.string(),
    by: managerSchema.nullable().describe('Who made it so; null: not told.'),
    yaml: z.string(),
    change: z.enum(['made', 'changed']),
    changes: z
      .array(z.strictObject({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
      .describe('What differs from the version before, at most 50.'),
  }),
)

export const objectPageSchema = mirror<ObjectPage>()(
  z.strictObject({
    cluster: z.string(),
    at: millis,
    period: windowSchema,
    ref: policyRefSchema,
    now: nowSchema.nullable().describe('null: it is not there any more.'),
    versions: z.array(versionSchema).describe('Newest first, at most 100.'),
  }),
)

import { z } from 'zod'
import { type ActedAs, type AuditedChange, changeStates, type UndoneBy } from '@/core/policy/apply/audited-change'
import {
  type FieldConflict,
  type WriteProblem,
  writeProblemCodes,
  type WriteResult,
  writeStates,
} from '@/core/policy/apply/write-result'
import { mirror } from '@/server/mirror'
import { managerSchema, ownerSchema, policyRefSchema } from './policy-parts'
import { millis } from './shared'

/** A manifest, as JSON. */
export const manifestSchema = z.record(z.string(), z.unknown())

const conflictSchema = mirror<FieldConflict>()(
  z.strictObject({
    manager: z.string(),
    operation: z.enum(['Apply', 'Update', 'unknown']),
    time: millis.nullable().describe('Of its last write; null: not told.'),
    fields: z.array(z.string()).describe('Paths, as the API server writes them.'),
  }),
)

export const writeProblemSchema = mirror<WriteProblem>()(
  z.strictObject({
    code: z.enum(writeProblemCodes),
    sentence: z.string().describe('For people; says what to do next.'),
    conflicts: z.array(conflictSchema).describe('Of a conflict: whom fields would be taken from.'),
    fields: z
      .array(z.strictObject({ field: z.string(), message: z.string() }))
      .describe('Fields that validation or admission refused, where it names them.'),
    changedBy: managerSchema.nullable().describe('Who wrote the object since it was opened.'),
    owner: ownerSchema.nullable().describe('What keeps the object as it is.'),
  }),
)

export const writeResultSchema = mirror<WriteResult>()(
  z.strictObject({
    ref: policyRefSchema,
    change: z.enum(['put', 'delete']),
    state: z.enum(writeStates).describe('In a dry run: what would become of it.'),
    changeId: z.number().nullable().describe('Its row in policies/changes; null where nothing was written.'),
    before: manifestSchema.nullable(),
    after: manifestSchema.nullable(),
    fields: z.array(z.string()).describe('Paths that differ between both, at most 100.'),
    warnings: z.array(z.string()).describe('Of the API server.'),
    resourceVersion: z.string().nullable(),
    problem: writeProblemSchema.nullable(),
  }),
)

export const actedAsSchema = mirror<ActedAs>()(z.strictObject({ user: z.string(), groups: z.array(z.string()) }))

export const undoneBySchema = mirror<UndoneBy>()(
  z.strictObject({ change: z.number().describe('Number of the change.'), by: z.string(), at: millis }),
)

export const auditedChangeSchema = mirror<AuditedChange>()(
  z.strictObject({
    id: z.number(),
    plan: z.number().describe('Changes that were applied together have the same.'),
    at: millis,
    completedAt: millis.nullable(),
    by: z.string(),
    actedAs: actedAsSchema.nullable().describe('null: as the account of the console’s own kubeconfig.'),
    from: z.string().describe('Network address that the request named.'),
    requestId: z.string(),
    cluster: z.string(),
    ref: policyRefSchema,
    change: z.enum(['create', 'update', 'delete']),
    state: z
      .enum(changeStates)
      .describe('intended: written down, not heard of yet. unknown: the object is neither as before nor as wanted.'),
    error: z.string(),
    fields: z.array(z.string()),
    warnings: z.array(z.string()),
    tookOver: z.array(z.string()).describe('Managers whose fields were taken over, by choice.'),
    overrode: ownerSchema.nullable(),
    draft: z.number().nullable(),
    reason: z.string(),
    undoOf: z.number().nullable().describe('The change that this one took back.'),
    undoneBy: undoneBySchema.nullable().describe('What took this change back; null: nothing did.'),
  }),
)

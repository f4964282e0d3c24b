import { z } from 'zod'
import type { DraftComment, DraftObject, DraftPeriod, PolicyDraft } from '@/core/policy/apply/draft'
import { mirror } from '@/server/mirror'
import { policyRefSchema } from './policy-parts'
import { millis, windowSchema } from './shared'

export const draftShape = {
  id: z.number(),
  name: z.string(),
  cluster: z.string(),
  version: z.number().describe('Grows with each save; a save names the version that it is of.'),
  createdBy: z.string(),
  createdAt: millis,
  updatedBy: z.string(),
  updatedAt: millis,
}
export const draftSchema = mirror<PolicyDraft>()(z.strictObject(draftShape))

export const draftObjectSchema = mirror<DraftObject>()(
  z.strictObject({
    change: z.enum(['put', 'delete']),
    text: z.string().max(200_000, 'at most 200000 characters').describe('YAML as it was typed, readable or not.'),
    ref: policyRefSchema.nullable().describe('The object that it began as; null for a new one.'),
    resourceVersion: z.string().max(100).nullable(),
    opened: z.string().max(200_000, 'at most 200000 characters').nullable().describe('Its YAML when it was opened.'),
  }),
)

export const draftPeriodSchema = mirror<DraftPeriod>()(
  z.union([z.strictObject({ last: z.string().max(20) }), windowSchema, z.null()]),
)

/** Content of a draft as it is given and answered. */
export const draftContentSchema = z.strictObject({
  objects: z.array(draftObjectSchema).max(100, 'at most 100 objects'),
  openedFrom: z.string().max(8_192, 'at most 8192 characters').default(''),
  period: draftPeriodSchema.default(null),
  tests: z.array(z.unknown()).max(200, 'at most 200 tests').default([]),
})

export const draftCommentSchema = mirror<DraftComment>()(
  z.strictObject({
    id: z.number(),
    by: z.string(),
    at: millis,
    text: z.string(),
    object: z.string().describe('`group/kind/namespace/name` of the object that it is about; empty: the draft.'),
  }),
)

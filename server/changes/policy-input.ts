import { z } from 'zod'
import { expectedStates } from '@/core/policy/apply/expectation'
import { clean } from '@/core/text/text'
import { policyRefSchema } from '@/server/views/schemas/policy-parts'
import { manifestSchema } from '@/server/views/schemas/policy-write'

const version = z.string().min(1).max(100)

/** One object of a plan, as callers name it. */
export const askedChangeSchema = z.discriminatedUnion('change', [
  z.strictObject({
    change: z.literal('put'),
    object: manifestSchema.describe('The whole object as it shall be.'),
    resourceVersion: version.nullable().describe('The version that it was opened at; null: it is new.'),
    opened: manifestSchema
      .nullable()
      .default(null)
      .describe('The object as it was opened: tells a change of its status or managers from one of what it says.'),
    takeOver: z
      .array(z.string().min(1).max(128))
      .max(20)
      .default([])
      .describe('Managers that fields may be taken from, by the name that a conflict told.'),
    overrideOwner: z
      .string()
      .max(40)
      .nullable()
      .default(null)
      .describe(
        'Changes an object that this type of owner keeps (argo-cd, flux, helm, controller), which may undo it.',
      ),
  }),
  z.strictObject({
    change: z.literal('delete'),
    ref: policyRefSchema,
    apiVersion: z.string().max(200).optional().describe('Group and version; the best that is known without.'),
    resourceVersion: version.describe('The version that it was opened at.'),
    opened: manifestSchema.nullable().default(null),
    overrideOwner: z.string().max(40).nullable().default(null),
  }),
])
export type AskedChange = z.output<typeof askedChangeSchema>

export const clusterName = z.string().min(1, 'name the cluster').max(200, 'at most 200 characters')

/** A number of the audit. @param what `a change` */
export const rowNumber = (what: string) => z.coerce.number(`give the number of ${what}`).int().min(1).max(2_147_483_647)

/** Why it is done, for the audit: one line. */
export const reasonSchema = z
  .string()
  .max(2_000, 'at most 2000 characters')
  .transform((text) => clean(text, 500).trim())
  .default('')

export const expectationsSchema = z
  .array(
    z.strictObject({
      edge: z.string().min(1).max(2_000).describe('Id of an edge of the map.'),
      becomes: z.enum(expectedStates),
    }),
  )
  .max(200, 'at most 200 edges')
  .default([])
  .describe('What the change is said to do to recorded traffic; policies/confirmation holds it against what is seen.')

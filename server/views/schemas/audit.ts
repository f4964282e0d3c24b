import { z } from 'zod'
import { auditActions, type AuditAction, isAuditAction } from '@/core/audit/actions'
import {
  type AuditedPolicy,
  type AuditEntry,
  type AuditEntryDetail,
  type AuditPerson,
  entryResults,
} from '@/core/audit/entry'
import { auditMeans } from '@/core/audit/event'
import { changeStates } from '@/core/policy/apply/audited-change'
import { mirror } from '@/server/mirror'
import { policyRefSchema } from './policy-parts'
import { actedAsSchema } from './policy-write'
import { millis } from './shared'

const actionSchema = z.enum(Object.keys(auditActions).filter(isAuditAction)) satisfies z.ZodType<AuditAction>

export const auditEntrySchema = mirror<AuditEntry>()(
  z.strictObject({
    id: z.string().describe('`e12`: an event of Oriel; `p12`: the change of a policy with this number.'),
    at: millis,
    account: z.number().nullable().describe('null: nobody known, Oriel itself, or from before accounts were.'),
    name: z.string().describe('As it was then.'),
    by: z.enum(auditMeans).nullable().describe('By what somebody was known; null: not told.'),
    action: actionSchema,
    target: z.string(),
    cluster: z.string(),
    namespace: z.string(),
    result: z
      .enum(entryResults)
      .describe('unchanged: it was so already; unknown: it was sent, and what became of it was not heard.'),
    reason: z.string(),
    requestId: z.string().nullable(),
    from: z.string().describe('Network address.'),
    count: z.number().describe('How many alike it stands for.'),
  }),
)

export const auditPersonSchema = mirror<AuditPerson>()(
  z.strictObject({ who: z.string().describe('What to ask with as `who`.'), name: z.string(), count: z.number() }),
)

const auditedPolicySchema = mirror<AuditedPolicy>()(
  z.strictObject({
    change: z.number().describe('Its number in policies/changes.'),
    plan: z.number(),
    ref: policyRefSchema,
    state: z.enum(changeStates),
    actedAs: actedAsSchema.nullable().describe('null: as the account of the console’s own kubeconfig.'),
    draft: z.number().nullable(),
  }),
)

export const auditEntryDetailSchema = mirror<AuditEntryDetail>()(
  z.strictObject({
    entry: auditEntrySchema,
    byId: z.number().nullable().describe('Number of the session or token.'),
    agent: z.string(),
    before: z.unknown().describe('What differs, as it was; null where there is none.'),
    after: z.unknown(),
    cut: z.array(z.string()).describe('What was left out of both, each with its place.'),
    policy: auditedPolicySchema.nullable(),
  }),
)

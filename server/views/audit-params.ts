import { z } from 'zod'
import { namedActions } from '@/core/audit/actions'
import { entryResults, parseAuditPlace, parseWho } from '@/core/audit/entry'
import type { AuditQuestion } from '@/server/db/audit/audit-entries-sql'
import { clusterParam, listParam, timed } from '@/server/params'

const whoParam = z
  .string()
  .max(210)
  .transform((text, context) => {
    const who = parseWho(text)
    if (who) return who
    context.addIssue({ code: 'custom', message: 'write id: and the number of an account, or name: and a name' })
    return z.NEVER
  })
  .describe('Only what somebody did: `id:7` by the number of the account, `name:Oriel` of who has none.')

const actionParam = listParam(50)
  .transform((names, context) => {
    const actions = namedActions(names)
    if (actions) return actions
    context.addIssue({
      code: 'custom',
      message: 'write actions such as team.changed, or what they are about such as team',
    })
    return z.NEVER
  })
  .describe('Only these actions, separated by commas: `team.changed`, or `team` for all that are about teams.')

/** What narrows the audit, for its list and its export. Without a time all that is kept. */
const shape = {
  who: whoParam.optional(),
  action: actionParam,
  result: listParam(entryResults.length)
    .pipe(z.array(z.enum(entryResults)))
    .describe(`Only these results, separated by commas: ${entryResults.join(', ')}.`),
  cluster: clusterParam,
  find: z
    .string()
    .max(200, 'at most 200 characters')
    .default('')
    .describe('Text that stands in names, target, reason, address or request.'),
}

export const auditParams = <S extends z.ZodRawShape>(more: S) => timed({ ...shape, ...more })

export const auditPlaceParam = z
  .string()
  .max(40)
  .transform((text, context) => {
    const place = parseAuditPlace(text)
    if (place) return place
    context.addIssue({ code: 'custom', message: 'give what an answer named as `next`' })
    return z.NEVER
  })

type Narrowed = z.output<z.ZodObject<typeof shape>> & { last?: number; from?: number; to?: number }

/** The question of parsed parameters. A moving range ends with the newest entry, whatever clock wrote it. */
export const auditQuestion = (params: Narrowed, now = Date.now()): AuditQuestion => ({
  from: params.last === undefined ? (params.from ?? null) : now - params.last,
  to: params.to ?? null,
  who: params.who ?? null,
  actions: params.action,
  results: params.result,
  cluster: params.cluster,
  text: params.find.trim(),
})

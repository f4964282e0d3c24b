import { z } from 'zod'
import type { Flow } from './decision'
import type { EndLookup, FoundEnd } from './find-end'
import { workloadKey } from './model'
import { protocols } from './ports'
import type { ServiceFlow } from './service-target'

const pod = z.strictObject({ pod: z.string().min(1) })
const ip = z.strictObject({ ip: z.string().min(1) })
const service = z.strictObject({ service: z.string().min(1) })

const protocolSchema = z.string().transform((text, at) => {
  const found = protocols.find((protocol) => protocol.toLowerCase() === text.toLowerCase())
  if (!found) at.addIssue(`must be one of ${protocols.join(', ')}`)
  return found ?? z.NEVER
})

const timeSchema = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' })
  .transform((text) => Date.parse(text))
const badCount = 'must be a number from 1'
const badVerdict = 'must be forwarded, allowed, dropped, denied or unknown'
const badPort = 'must be a number from 1 to 65535, without quotes, or a name'

/** A flow as files have it, one line each. What is not needed to judge it is for suggestions. */
export const flowQuestionSchema = z.strictObject({
  from: z.union([pod, ip], 'must be {"pod": "namespace/name"} or {"ip": "address"}'),
  to: z.union(
    [pod, ip, service],
    'must be {"pod": "namespace/name"}, {"service": "namespace/name"} or {"ip": "address"}',
  ),
  protocol: protocolSchema.default('TCP'),
  port: z
    .union([z.int(badPort).min(1, badPort).max(65_535, badPort), z.string(badPort).regex(/[a-z]/i, badPort)], badPort)
    .nullish(),
  count: z.int(badCount).positive(badCount).optional(),
  first: timeSchema.optional(),
  last: timeSchema.optional(),
  reply: z.boolean().optional(),
  verdict: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['forwarded', 'allowed', 'dropped', 'denied', 'unknown'], badVerdict))
    .optional(),
  /** Names by which an address outside was looked up. */
  dns: z.union([z.string(), z.array(z.string())]).optional(),
})
export type FlowQuestion = z.infer<typeof flowQuestionSchema>

/** Something to judge: a connection, or one to a Service that stands for others. */
export type AskedFlow = { readonly flow: Flow } | { readonly serviceFlow: ServiceFlow }

/** The flow with its ends looked up; a sentence where one is not there. */
export function flowOf(question: FlowQuestion, lookup: EndLookup): AskedFlow | { readonly problem: string } {
  const from = findEnd(question.from, lookup)
  if ('problem' in from) return { problem: `from: ${from.problem}` }
  if ('service' in from) return { problem: `from: it is the address of Service ${workloadKey(from.service)}` }
  const to = findEnd(question.to, lookup)
  if ('problem' in to) return { problem: `to: ${to.problem}` }
  const flow = { from: from.end, protocol: question.protocol, port: question.port ?? null }
  if ('service' in to) return { serviceFlow: { ...flow, to: to.service } }
  const names = question.dns === undefined ? undefined : [question.dns].flat()
  const named = names && to.end.type === 'external' ? { ...to.end, names } : to.end
  return { flow: { ...flow, to: named } }
}

/** Of one end of a flow. */
export function findEnd(end: FlowQuestion['to'], lookup: EndLookup): FoundEnd {
  if ('pod' in end) return lookup.byName(end.pod)
  return 'ip' in end ? lookup.byAddress(end.ip) : lookup.byService(end.service)
}

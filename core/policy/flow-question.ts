import { z } from 'zod'
import type { Flow } from './decision'
import type { EndLookup, FoundEnd } from './find-end'
import { protocols } from './ports'

const endSchema = z.union(
  [z.strictObject({ pod: z.string().min(1) }), z.strictObject({ ip: z.string().min(1) })],
  'must be {"pod": "namespace/name"} or {"ip": "address"}',
)

const protocolSchema = z.string().transform((text, at) => {
  const found = protocols.find((protocol) => protocol.toLowerCase() === text.toLowerCase())
  if (!found) at.addIssue(`must be one of ${protocols.join(', ')}`)
  return found ?? z.NEVER
})

const badPort = 'must be a number from 1 to 65535 or a name'

/** A flow as files have it, one line each. What is not needed to judge it is for suggestions. */
export const flowQuestionSchema = z.strictObject({
  from: endSchema,
  to: endSchema,
  protocol: protocolSchema.default('TCP'),
  port: z
    .union([z.int(badPort).min(1, badPort).max(65_535, badPort), z.string(badPort).min(1, badPort)], badPort)
    .nullish(),
  count: z.number().nonnegative().optional(),
  first: z.iso.datetime({ offset: true }).optional(),
  last: z.iso.datetime({ offset: true }).optional(),
  reply: z.boolean().optional(),
  verdict: z.string().optional(),
  /** Names by which an address outside was looked up. */
  dns: z.union([z.string(), z.array(z.string())]).optional(),
})
export type FlowQuestion = z.infer<typeof flowQuestionSchema>

/** The flow with its ends looked up; a sentence where one is not there. */
export function flowOf(
  question: FlowQuestion,
  lookup: EndLookup,
): { readonly flow: Flow } | { readonly problem: string } {
  const from = findEnd(question.from, lookup)
  if ('problem' in from) return { problem: `from: ${from.problem}` }
  const to = findEnd(question.to, lookup)
  if ('problem' in to) return { problem: `to: ${to.problem}` }
  const names = question.dns === undefined ? undefined : [question.dns].flat()
  const named = names && to.end.type === 'external' ? { ...to.end, names } : to.end
  return { flow: { from: from.end, to: named, protocol: question.protocol, port: question.port ?? null } }
}

const findEnd = (end: FlowQuestion['from'], lookup: EndLookup): FoundEnd =>
  'pod' in end ? lookup.byName(end.pod) : lookup.byAddress(end.ip)

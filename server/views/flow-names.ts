import { z } from 'zod'
import type { DnsLookups } from '@/core/flows/dns-lookups'
import { parseFilter } from '@/core/filter/filter-parse'
import { loadDnsLookups } from '@/server/dns-lookups'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { recordParams } from './record-params'
import { endpointSchema, known, millis, windowSchema } from './schemas/shared'

const answer = mirror<DnsLookups>()(
  z.strictObject({
    window: windowSchema,
    names: z
      .array(
        z.strictObject({
          id: z.string(),
          client: endpointSchema,
          name: z.string(),
          types: z.array(z.string()),
          answers: z.number().describe('Those of search domains not counted.'),
          rcodes: z.array(z.strictObject({ rcode: z.number(), count: z.number() })),
          nxdomainShare: z.number().describe('Of the answers, 0 to 1.'),
          p95: known.describe('Of the slowest kind of answer, milliseconds.'),
          folded: z.number().describe('Answers for this name with a search domain behind it that does not exist.'),
        }),
      )
      .describe('Most first.'),
    more: z.number().describe('Names beyond those listed.'),
    folded: z.number().describe('Answers that were folded into the name that was meant.'),
    records: z.number().describe('Records that were counted.'),
    readTo: millis.nullable().describe('Where they begin at the earliest; null: with the window.'),
  }),
)

/** Which names are looked up, by whom, and which do not exist? */
export const flowNamesView = view({
  name: 'flowNames',
  path: 'flows/names',
  summary: 'DNS names by who looked them up, with codes and latency, from the newest raw records.',
  params: recordParams({}),
  answer,
  maxAgeMs: 10_000,
  settle: (params) => settleWindow(params),
  load: ({ q, ...question }, scope) => loadDnsLookups({ ...question, filter: parseFilter(q).filter }, scope),
  render: (names) => names,
})

import { z } from 'zod'
import { readTolerance } from '@/core/health/tolerance-annotation'
import type { Tolerance, ToleranceRule } from '@/core/health/tolerances'

const glob = z.string().min(1).max(200).optional()

/** A setting as annotations write it; `name` is its name there. */
const setting = <K extends keyof Tolerance>(key: K, name: string, example: string) =>
  z
    .union([z.string(), z.number()])
    .transform((value, context): Tolerance[K] => {
      const read = readTolerance(name, String(value))?.[key]
      if (read !== undefined) return read
      context.addIssue({ code: 'custom', message: `write ${example}` })
      return z.NEVER
    })
    .optional()

const share = '1%/5% (degraded/failing) or 5%'

/** Rules by which health is judged; the first that matches a callee holds. */
export const healthRulesSchema = z
  .array(
    z.strictObject({
      cluster: glob,
      namespace: glob.describe('Namespace of the callee; * stands for any characters.'),
      name: glob.describe('Name of the workload, Service or outside host that is called.'),
      kind: glob.describe('Its kind, such as Deployment, Job or External.'),
      protocol: glob.describe('http, grpc, dns or kafka; such a rule judges edges only.'),
      errors: setting('errors', 'errors', share).describe('Server errors among responses: 1%/5% by default.'),
      clientErrors: setting('clientErrors', 'client-errors', share).describe(
        'Client errors; not looked at by default.',
      ),
      p95: setting('p95', 'p95', 'a duration such as 300ms or 2s').describe('p95 from which it is degraded.'),
      baseline: setting('baseline', 'baseline', 'a factor above 1, or off').describe(
        'How many times its usual latency or errors make it degraded: 2 by default; off does not compare.',
      ),
      denied: setting('denied', 'denied', share).describe('Denied or failed flows of an edge: 1%/50% by default.'),
      minResponses: setting('minResponses', 'min-responses', 'a whole number').describe(
        'Fewer responses never make it failing or slow: 20 by default.',
      ),
    }),
  )
  .max(200)
  .default([])
  .transform((rules): readonly ToleranceRule[] => rules)

import { z } from 'zod'
import { networkPolicy } from '../kinds/network-policy'
import { readJson } from '../test-model'
import { type SuiteResult, Tally } from './suite'

const object = z.record(z.string(), z.unknown())
const shape = z.object({
  valid: z.array(object),
  invalid: z.array(z.object({ name: z.string(), policy: object })),
})

/** Which NetworkPolicies the API server accepts and refuses. */
export function runValidation(folder: string): SuiteResult {
  const tally = new Tally()
  const { valid, invalid } = shape.parse(readJson(folder, 'np_validation.json'))
  for (const [i, policy] of valid.entries())
    tally.check(
      () => `valid ${i} ${JSON.stringify(networkPolicy.parse(policy))}`,
      true,
      'meaning' in networkPolicy.parse(policy),
    )
  for (const { name, policy } of invalid) tally.check(() => name, true, 'problems' in networkPolicy.parse(policy))
  return tally
}

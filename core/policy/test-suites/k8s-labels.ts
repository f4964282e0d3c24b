import { z } from 'zod'
import { labelsMatch } from '../label-match'
import { selectorAt } from '../label-selector'
import { readerOf } from '../read'
import { readJson } from '../test-model'
import { type SuiteResult, Tally } from './suite'

const labels = z.record(z.string(), z.string())
const selector = z.record(z.string(), z.unknown())
const shape = z.object({
  matching: z.array(z.object({ labelSelector: selector.nullable(), labels, match: z.boolean() })),
  conversion: z.array(z.object({ labelSelector: selector.nullable(), error: z.boolean().optional() })),
  requirementValidity: z.array(
    z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).nullable(), valid: z.boolean() }),
  ),
})

/** Those of apimachinery; matches that a LabelSelector cannot say (`>` and `<`) are left out. */
export function runLabels(folder: string): SuiteResult {
  const tally = new Tally()
  const { matching, conversion, requirementValidity } = shape.parse(readJson(folder, 'selector_cases.json'))
  for (const { labelSelector, labels, match } of matching) {
    if (!labelSelector) continue
    const read = selectorAt(readerOf(labelSelector))
    tally.check(
      () => `${JSON.stringify(labelSelector)} on ${JSON.stringify(labels)}`,
      match,
      read !== null && labelsMatch(read, labels),
    )
  }
  for (const { labelSelector, error } of conversion) {
    const at = { path: '', value: labelSelector, problems: [] }
    const read = selectorAt(at)
    tally.check(() => `conversion of ${JSON.stringify(labelSelector)}`, error === true, at.problems.length > 0)
    if (labelSelector === null) tally.check(() => 'null selects nothing by itself', null, read)
  }
  for (const { key, operator, values, valid } of requirementValidity) {
    const at = readerOf({ matchExpressions: [{ key, operator, ...(values ? { values } : {}) }] })
    selectorAt(at)
    tally.check(() => `${key} ${operator} ${JSON.stringify(values)}`, valid, at.problems.length === 0)
  }
  return tally
}

import { z } from 'zod'
import { compilePolicies } from '../compile'
import type { End } from '../decision'
import { endOf } from '../evaluate'
import { portProtocols } from '../ports'
import { defaultOptions } from '../profile'
import { cell, modelOf, pod, readJson, space } from '../test-model'
import { type SuiteResult, Tally } from './suite'

const labels = z.record(z.string(), z.string())
const end = z.union([z.object({ ip: z.string() }), z.object({ namespace: z.string(), labels })])
const shape = z.object({
  namespaces: z.record(z.string(), labels),
  cases: z.array(
    z.object({
      recipe: z.string(),
      policies: z.array(z.record(z.string(), z.unknown())),
      from: end,
      to: end,
      port: z.number(),
      protocol: z.enum(portProtocols),
      expect: z.enum(['allowed', 'blocked']),
    }),
  ),
})

/** What the pages of the recipes state in words. */
export function runRecipes(folder: string): SuiteResult {
  const tally = new Tally()
  const { namespaces, cases } = shape.parse(readJson(folder, 'cases.json'))
  const spaces = Object.entries(namespaces).map(([name, labels]) => space(name, labels))
  for (const [i, { recipe, policies, from, to, port, protocol, expect }] of cases.entries()) {
    const ends = [from, to].map((one, side): End =>
      'ip' in one
        ? { type: 'external', address: one.ip }
        : endOf(pod(`${one.namespace}/pod-${side}`, { labels: one.labels })),
    )
    const pods = ends.flatMap((one) => (one.type === 'workload' ? [one.workload] : []))
    const compiled = compilePolicies(modelOf(pods, policies, { namespaces: spaces }), defaultOptions)
    const [source, destination] = ends
    if (!source || !destination) continue
    const got = cell(compiled, { from: source, to: destination, protocol, port }).combined
    tally.check(() => `${i} ${recipe}`, expect === 'allowed' ? '.' : 'X', got)
  }
  return tally
}

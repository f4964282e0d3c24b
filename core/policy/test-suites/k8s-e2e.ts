import { z } from 'zod'
import { compilePolicies } from '../compile'
import { portProtocols } from '../ports'
import { defaultOptions } from '../profile'
import { cell, flowTo, modelOf, pod, readJson, space } from '../test-model'
import { type SuiteResult, Tally } from './suite'

const labels = z.record(z.string(), z.string())
const cases = z.array(
  z.object({
    title: z.string(),
    pods: z.array(z.string()),
    checks: z.array(
      z.object({
        port: z.number(),
        protocol: z.enum(portProtocols),
        policies: z.array(z.record(z.string(), z.unknown())),
        namespaceLabels: z.record(z.string(), labels),
        podLabels: z.record(z.string(), labels),
        podIPs: z.record(z.string(), z.string()),
        expected: z.record(z.string(), z.string()),
      }),
    ),
  }),
)

/** The diagonal follows policy in the tables, though upstream never asserts it. */
export function runE2e(folder: string): SuiteResult {
  const tally = new Tally()
  for (const { title, pods: keys, checks } of cases.parse(readJson(folder, 'cases.json')))
    for (const check of checks) {
      const pods = keys.map((key) =>
        pod(key, {
          labels: check.podLabels[key] ?? {},
          ips: [check.podIPs[key] ?? ''],
          ports: [80, 81].flatMap((port) =>
            portProtocols.map((protocol) => ({ name: `serve-${port}-${protocol.toLowerCase()}`, protocol, port })),
          ),
        }),
      )
      const namespaces = Object.entries(check.namespaceLabels).map(([name, labels]) => space(name, labels))
      const compiled = compilePolicies(modelOf(pods, check.policies, { namespaces }), {
        ...defaultOptions,
        loopback: 'policy',
      })
      for (const [row, from] of pods.entries())
        for (const [column, to] of pods.entries()) {
          const expected = check.expected[keys[row] ?? '']?.[column]
          const got = cell(compiled, flowTo(from, to, check.port, { protocol: check.protocol })).combined
          tally.check(() => `${title}: ${keys[row]} → ${keys[column]}`, expected, got)
        }
    }
  return tally
}

import { z } from 'zod'
import { compilePolicies } from '../compile'
import { portProtocols } from '../ports'
import { defaultOptions } from '../profile'
import { cell, flowTo, modelOf, pod, readJson, space } from '../test-model'
import { type SuiteResult, Tally } from './suite'

const labels = z.record(z.string(), z.string())
const matrix = z.record(z.string(), z.string())
const protocol = z.enum(portProtocols)
const cases = z.array(
  z.object({
    id: z.number(),
    steps: z.array(
      z.object({
        policies: z.array(z.record(z.string(), z.unknown())).nullable(),
        namespaces: z.record(z.string(), labels),
        pods: z.array(
          z.object({
            ip: z.string(),
            labels,
            name: z.string(),
            namespace: z.string(),
            ports: z.array(z.object({ containerPort: z.number(), name: z.string(), protocol })),
          }),
        ),
        order: z.array(z.string()),
        expected: z.record(z.string(), z.object({ ingress: matrix, egress: matrix, combined: matrix })),
      }),
    ),
  }),
)

type Sides = { readonly ingress: string; readonly egress: string; readonly combined: string }

/** Its simulator applies policies to what a pod sends to itself. */
export function runCyclonus(folder: string): SuiteResult {
  const tally = new Tally()
  for (const { id, steps } of cases.parse(readJson(folder, 'cases.json')))
    for (const step of steps) {
      const pods = new Map(
        step.pods.map(({ namespace, name, labels, ip, ports }) => [
          `${namespace}/${name}`,
          pod(`${namespace}/${name}`, {
            labels,
            ips: [ip],
            ports: ports.map((port) => ({ name: port.name, protocol: port.protocol, port: port.containerPort })),
          }),
        ]),
      )
      const namespaces = Object.entries(step.namespaces).map(([name, labels]) => space(name, labels))
      const model = modelOf([...pods.values()], step.policies ?? [], { namespaces })
      const compiled = compilePolicies(model, { ...defaultOptions, loopback: 'policy' })
      for (const [served, sides] of Object.entries(step.expected)) {
        const [protocolText, portText = ''] = served.split('/')
        const port = /^\d+$/.test(portText) ? Number(portText) : portText
        for (const [fromKey, from] of pods)
          for (const [i, toKey] of step.order.entries()) {
            const to = pods.get(toKey)
            if (!to) throw new Error(`no pod ${toKey}`)
            const got = cell(compiled, flowTo(from, to, port, { protocol: protocol.parse(protocolText) }))
            const of = (sides: Sides) => `${sides.ingress} ${sides.egress} ${sides.combined}`
            const at = (side: keyof Sides) => sides[side][fromKey]?.[i] ?? ''
            const expected = { ingress: at('ingress'), egress: at('egress'), combined: at('combined') }
            tally.check(() => `case ${id} ${served} ${fromKey} → ${toKey}`, of(expected), of(got))
          }
      }
    }
  return tally
}

import { z } from 'zod'
import { compilePolicies } from '../compile'
import type { ModelObject } from '../model'
import { portProtocols } from '../ports'
import { defaultOptions } from '../profile'
import { cell, flowTo, modelOf, pod, readJson, space } from '../test-model'
import { type SuiteResult, Tally } from './suite'

const object = z.looseObject({ metadata: z.record(z.string(), z.unknown()) })
const verdicts = z
  .array(z.object({ from: z.string(), to: z.string(), port: z.number(), protocol: z.enum(portProtocols) }))
  .nullable()
const word = z.enum(['allowed', 'blocked'])
const cases = z.array(
  z.object({
    group: z.string(),
    name: z.string(),
    networkPolicies: z.array(object).nullable(),
    adminNetworkPolicies: z.array(object).nullable(),
    baselineAdminNetworkPolicy: object.nullable(),
    defaultIngress: word,
    defaultEgress: word,
    nonDefaultIngress: verdicts,
    nonDefaultEgress: verdicts,
    resources: z.object({
      namespaces: z.array(z.string()),
      pods: z.array(z.string()),
      ports: z.array(z.number()),
      protocols: z.array(z.enum(portProtocols)),
    }),
  }),
)
type Case = z.infer<typeof cases>[number]

/**
 * Its objects have no names. Its tables list pairs of different pods only: what a pod sends to itself stands at the
 * default of the case, whatever its policies say, so eight such cells cannot agree under either setting of `loopback`.
 */
export function runPolicyAssistant(folder: string): SuiteResult {
  const tally = new Tally()
  for (const one of cases.parse(readJson(folder, 'cases.json'))) {
    const { namespaces, pods, ports, protocols } = one.resources
    const all = namespaces.flatMap((namespace) =>
      pods.map((name) =>
        pod(`${namespace}/${name}`, {
          labels: { pod: name },
          ports: ports.flatMap((port) =>
            protocols.map((protocol) => ({ name: `serve-${port}-${protocol.toLowerCase()}`, protocol, port })),
          ),
        }),
      ),
    )
    const spaces = namespaces.map((name) => space(name, { ns: name }))
    const compiled = compilePolicies(modelOf(all, objectsOf(one), { namespaces: spaces }), {
      ...defaultOptions,
      loopback: 'policy',
    })
    for (const port of ports)
      for (const protocol of protocols)
        for (const from of all)
          for (const to of all) {
            const keys = { from: `${from.namespace}/${from.name}`, to: `${to.namespace}/${to.name}`, port, protocol }
            const got = cell(compiled, flowTo(from, to, port, { protocol }))
            const where = () => `${one.group} ${one.name} ${keys.from} → ${keys.to} ${protocol}/${port}`
            const wanted = `${expected(one, 'ingress', keys)} ${expected(one, 'egress', keys)}`
            tally.check(where, wanted, `${got.ingress} ${got.egress}`)
          }
  }
  return tally
}

function expected(
  one: Case,
  side: 'ingress' | 'egress',
  keys: { from: string; to: string; port: number; protocol: string },
) {
  const [usual, others] =
    side === 'ingress' ? [one.defaultIngress, one.nonDefaultIngress] : [one.defaultEgress, one.nonDefaultEgress]
  const other = (others ?? []).some(
    ({ from, to, port, protocol }) =>
      from === keys.from && to === keys.to && port === keys.port && protocol === keys.protocol,
  )
  return (usual === 'allowed') === other ? 'X' : '.'
}

function objectsOf(one: Case): readonly ModelObject[] {
  const named = (kind: string, apiVersion: string, name: string, object: Case['baselineAdminNetworkPolicy']) =>
    object === null ? [] : [{ ...object, kind, apiVersion, metadata: { name, ...object.metadata } }]
  const group = 'policy.networking.k8s.io/v1alpha1'
  return [
    ...(one.networkPolicies ?? []).flatMap((object, i) =>
      named('NetworkPolicy', 'networking.k8s.io/v1', `policy-${i}`, object),
    ),
    ...(one.adminNetworkPolicies ?? []).flatMap((object, i) =>
      named('AdminNetworkPolicy', group, `admin-${i}`, object),
    ),
    ...named('BaselineAdminNetworkPolicy', group, 'default', one.baselineAdminNetworkPolicy),
  ]
}

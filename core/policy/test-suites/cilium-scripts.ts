import { z } from 'zod'
import { compilePolicies } from '../compile'
import type { End, Flow, PolicyVerdict } from '../decision'
import { endOf, evaluate } from '../evaluate'
import type { Model } from '../model'
import type { Direction } from '../normal-form'
import { defaultOptions } from '../profile'
import { modelOf, pod, readJson } from '../test-model'
import type { Tally } from './suite'

const mapShape = z.record(z.string(), z.array(z.array(z.string()).min(4)))
const later = z
  .object({ dnsAnswer: z.object({ name: z.string(), ip: z.string() }), expectedPolicyMap: mapShape })
  .optional()
const shape = z.object({
  cases: z.array(
    z
      .object({
        name: z.string(),
        policies: z.array(z.record(z.string(), z.unknown())).default([]),
        endpoints: z
          .record(z.string(), z.object({ namespace: z.string(), labels: z.record(z.string(), z.string()) }))
          .default({}),
        expectedPolicyMap: mapShape.optional(),
        flows: z
          .array(
            z.object({
              from: z.string(),
              to: z.string(),
              protocol: z.literal('TCP'),
              port: z.number(),
              egress: z.enum(['allowed', 'denied']),
            }),
          )
          .default([]),
      })
      .catchall(z.unknown()),
  ),
})
type Case = z.infer<typeof shape>['cases'][number]

const kubernetes: Model['services'][number] = {
  namespace: 'default',
  name: 'kubernetes',
  labels: {},
  selector: null,
  clusterIps: [],
  ports: [],
  addresses: ['198.51.100.1'],
}

/** Script tests: every probe must come to what the policy map says. Pods of other clusters are no ends here. */
export function runCiliumScripts(folder: string, tally: Tally): void {
  for (const one of shape.parse(readJson(folder, 'txtar_cases.json')).cases) {
    if (one.expectedPolicyMap) checkMap(one, one.expectedPolicyMap, null, tally)
    const after = later.parse(one.then)
    if (after) checkMap(one, after.expectedPolicyMap, after.dnsAnswer, tally)
    for (const { from, to, protocol, port, egress } of one.flows) {
      const ends = endsOf(one, null)
      const flow = flowOf('egress', ends[from], ends[to], { protocol, port })
      tally.check(() => `${one.name}: ${to}`, egress, flow && evaluate(compiledOf(one), flow).egress.verdict)
    }
  }
}

const compiledOf = ({ endpoints, policies }: Case) =>
  compilePolicies(modelOf(Object.entries(endpoints).map(podOf), policies, { services: [kubernetes] }), {
    ...defaultOptions,
    profile: 'cilium',
  })

const podOf = ([name, { namespace, labels }]: [string, Case['endpoints'][string]]) =>
  pod(`${namespace}/${name}`, { labels, nodes: ['own'] })

/** Whom to probe, by the names that maps use. */
function endsOf({ endpoints }: Case, answer: { name: string; ip: string } | null): Readonly<Record<string, End>> {
  const outside = (address: string): End => ({
    type: 'external',
    address,
    names: answer?.ip === address ? [answer.name] : [],
  })
  const node = (name: string): End => ({ type: 'node', name, addresses: [] })
  return {
    ...Object.fromEntries(Object.entries(endpoints).map((one) => [one[0], endOf(podOf(one))])),
    host: node('own'),
    'remote-node': node('other'),
    world: outside('192.0.2.1'),
    '192.0.2.10/32': outside('192.0.2.10'),
    'entity:world': outside('192.0.2.1'),
    'entity:kube-apiserver': outside('198.51.100.1'),
  }
}

const get = { method: 'GET', path: '/' }
const put = { method: 'PUT', path: '/' }
const probes: readonly Pick<Flow, 'protocol' | 'port' | 'request'>[] = [
  ...[79, 80, 81, 8080, 8095, 8096].flatMap((port) =>
    [get, put].map((request) => ({ protocol: 'TCP' as const, port, request })),
  ),
  { protocol: 'UDP', port: 53, request: null },
  { protocol: 'UDP', port: 80, request: null },
  { protocol: 'ICMP', port: null },
]

function checkMap(one: Case, map: z.infer<typeof mapShape>, answer: { name: string; ip: string } | null, tally: Tally) {
  const ends = endsOf(one, answer)
  const compiled = compiledOf(one)
  for (const [own, entries] of Object.entries(map))
    for (const direction of ['ingress', 'egress'] as const)
      for (const [name, peer] of Object.entries(ends)) {
        // The own host is let in by a setting that the maps leave out.
        if (name === own || name.startsWith('entity:') || (name === 'host' && direction === 'ingress')) continue
        for (const probe of probes) {
          const flow = flowOf(direction, ends[own], peer, probe)
          if (!flow) continue
          tally.check(
            () => `${one.name}: ${own} ${direction} ${name} ${JSON.stringify(probe)}`,
            expected(entries, direction, name, probe),
            evaluate(compiled, flow)[direction].verdict,
          )
        }
      }
}

function flowOf(
  direction: Direction,
  own: End | undefined,
  peer: End | undefined,
  how: Pick<Flow, 'protocol' | 'port'>,
) {
  if (!own || !peer) return null
  return direction === 'ingress' ? { ...how, from: peer, to: own } : { ...how, from: own, to: peer }
}

/** Denials beat allows; an allow of layer 7 holds for GET of `/`, or for every name in DNS, as the policies say. */
function expected(
  entries: z.infer<typeof mapShape>[string],
  direction: Direction,
  peer: string,
  { protocol, port, request }: (typeof probes)[number],
): PolicyVerdict {
  const fitting = entries.filter(([way = '', who = '', ports = '']) => {
    const [, from = '', to = from, of = ''] = /^(\d+)(?:-(\d+))?\/(\w+)$/.exec(ports) ?? []
    const onPort =
      ports === 'ANY' ||
      (of === protocol && port !== null && Number(port) >= Number(from) && Number(port) <= Number(to))
    return way.toLowerCase() === direction && (who === 'any' || who === peer) && onPort
  })
  if (fitting.some(([, , , verdict]) => verdict === 'Deny')) return 'denied'
  const passes = fitting.some(([, , , , layer7]) => layer7 === undefined || request !== put)
  return passes ? 'allowed' : 'denied'
}

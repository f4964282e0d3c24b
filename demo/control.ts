import { createServer, type ServerResponse } from 'node:http'
import { z } from 'zod'
import type { RelayNodes } from './hubble-relay/nodes'
import type { Relay } from './hubble-relay/relay'
import type { ObjectStore } from './kubernetes-api/object-store'
import type { Schedule } from './incidents/schedule'
import { type Bound, listen } from './listen'
import type { Change, Churn } from './model/churn'
import type { Cluster } from './model/cluster'
import type { Truth } from './traffic/truth'
import type { Switch } from './witnesses'

export type ControlOptions = {
  readonly cluster: Cluster
  readonly nodes: RelayNodes
  readonly relay: Relay
  readonly store: ObjectStore
  readonly schedule: Schedule
  readonly churn: Churn
  readonly truth: Truth
  readonly traffic: { paused: boolean }
  readonly apply: (changes: readonly Change[]) => void
  readonly now: () => number
  /** The witnesses by name: hubble, goldmane, prometheus, and als and otlp where they are sent. */
  readonly switches: Readonly<Record<string, Switch>>
}

const time = z.coerce.number().int().nonnegative()
const seconds = z.coerce.number().positive().max(3600)

/**
 * The tests' hand on the cluster, on loopback:
 * GET /truth?from&to · GET /incidents · POST /incidents/<id>?minutes · POST /relay/down?seconds ·
 * POST /nodes/<index>/down?seconds · POST /pods/replace?workload=ns/name · POST /traffic/pause ·
 * POST /traffic/resume · POST /compact · GET /witnesses · POST /witness/<name>/stop · POST /witness/<name>/start
 */
export function startControl(options: ControlOptions, port = 0): Promise<Bound> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    handle(options, `${request.method} ${url.pathname}`, url.searchParams)
      .then((body) => reply(response, body === null ? 404 : 200, body ?? { error: 'no such control' }))
      .catch((error: unknown) => reply(response, 400, { error: String(error) }))
  })
  return listen(server, port)
}

/** Does what is asked and says what it did; null for what is not known. */
async function handle(options: ControlOptions, route: string, query: URLSearchParams): Promise<object | null> {
  const { now, relay, nodes, schedule, traffic } = options
  const [, what = '', id = '', verb = ''] = route.split('/')
  if (route === 'GET /truth')
    return options.truth.read(time.parse(query.get('from') ?? 0), time.parse(query.get('to') ?? now()))
  if (route === 'GET /incidents')
    return schedule.active(now()).map(({ id, title, minutes }) => ({ id, title, minutes }))
  if (route === 'POST /traffic/pause' || route === 'POST /traffic/resume') {
    traffic.paused = route.endsWith('pause')
    return { paused: traffic.paused }
  }
  if (route === 'POST /compact') {
    options.store.compact()
    return { version: options.store.version }
  }
  if (route === 'GET /witnesses')
    return Object.fromEntries(Object.entries(options.switches).map(([name, { counts }]) => [name, counts ?? {}]))
  if (route.startsWith('POST /witness/')) return turn(options.switches[id], verb)
  if (route === 'POST /pods/replace') return replacePods(options, query.get('workload') ?? '')
  if (route === 'POST /relay/down') {
    relay.kill()
    setTimeout(() => void relay.revive(), seconds.parse(query.get('seconds') ?? 5) * 1000)
    return { down: true }
  }
  if (route.startsWith('POST /incidents/')) {
    const minutes = query.get('minutes')
    return schedule.trigger(id, now(), minutes ? z.coerce.number().positive().parse(minutes) : undefined)
      ? { began: id }
      : null
  }
  if (what === 'nodes' && verb === 'down') {
    const node = z.coerce
      .number()
      .int()
      .min(0)
      .max(nodes.rings.length - 1)
      .parse(id)
    nodes.setUp(node, false)
    setTimeout(() => nodes.setUp(node, true), seconds.parse(query.get('seconds') ?? 5) * 1000)
    return { down: nodes.rings[node]?.node }
  }
  return null
}

async function turn(witness: Switch | undefined, verb: string): Promise<object | null> {
  if (!witness || (verb !== 'stop' && verb !== 'start')) return null
  await witness[verb]()
  return { running: verb === 'start' }
}

function replacePods({ cluster, churn, apply, now }: ControlOptions, name: string): object | null {
  const workload = cluster.workloads.get(name)
  if (!workload) return null
  const before = workload.pods.map((pod) => ({ name: pod.name, ip: pod.ip }))
  apply(churn.replace(workload, now()))
  return { before, after: workload.pods.map((pod) => ({ name: pod.name, ip: pod.ip })) }
}

function reply(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

import { randomBytes } from 'node:crypto'
import { startControl } from './control'
import { createRelayNodes } from './hubble-relay/nodes'
import { startRelay, type TlsFiles } from './hubble-relay/relay'
import { createSchedule } from './incidents/schedule'
import { writeKubeconfig } from './kubernetes-api/kubeconfig'
import { createObjectStore } from './kubernetes-api/object-store'
import { applyChanges } from './kubernetes-api/changes'
import { startApiServer } from './kubernetes-api/server'
import { type Change, createChurn } from './model/churn'
import { buildCluster } from './model/cluster'
import { company } from './model/company'
import { allObjects } from './model/objects'
import { syntheticCompany } from './model/synthetic'
import { createEngine } from './traffic/engine'
import { createLoad } from './traffic/load'
import { createEnforcement } from './traffic/enforcement'
import { createTruth, type Truth } from './traffic/truth'
import { createWitnesses, type Switch, type WitnessOptions } from './witnesses'

export type DemoOptions = WitnessOptions & {
  /** The same seed gives the same company, calls and incidents. */
  readonly seed?: number
  /** Load generator: this many synthetic workloads instead of the company. */
  readonly workloads?: number
  /** Flow events per second, about; default 300, as load generator 20,000. */
  readonly rate?: number
  /** Ports on loopback; 0 or absent takes free ones. */
  readonly kubernetesPort?: number
  readonly hubblePort?: number
  readonly controlPort?: number
  /** Where the kubeconfig is written. */
  readonly stateDir: string
  /** Events that each node keeps; Cilium's own default is 4,095. */
  readonly ringCapacity?: number
  readonly tls?: TlsFiles
  readonly signal?: AbortSignal
}

export type Demo = {
  /** Path of the kubeconfig file. */
  readonly kubeconfig: string
  /** host:port of Hubble Relay. */
  readonly hubble: string
  /** host:port of Goldmane, and http://host:port of Prometheus's API and the pods' metrics; null as load generator. */
  readonly goldmane: string | null
  readonly prometheus: string | null
  /** http://host:port of the control port. */
  readonly control: string
  readonly cluster: string
  readonly truth: Truth
  stop(): Promise<void>
}

/** Rings big enough to hold the last minutes of the company, so that the map is full at once. */
const companyRing = 16_383
const ciliumRing = 4_095
const pastMs = 300_000
const loadPastMs = 2_000
const companyRate = 300
const tickMs = 100

/** Starts the demo cluster: Kubernetes API, Hubble Relay, Goldmane, metrics and control port on loopback, with the last minutes already lived. Leaves nothing behind when a port is taken. */
export async function runDemo(options: DemoOptions): Promise<Demo> {
  const { seed = 1, workloads, signal } = options
  const now = Date.now
  const isLoad = workloads !== undefined
  const start = now() - (isLoad ? loadPastMs : pastMs)
  const cluster = buildCluster(isLoad ? syntheticCompany(workloads, seed) : company, seed, start, isLoad ? 20 : 6)
  const name = cluster.company.cluster
  const store = createObjectStore()
  const apply = (changes: readonly Change[], at = now()) => applyChanges(store, changes, at)
  for (const object of allObjects(cluster)) store.put(object)

  const nodes = createRelayNodes(
    cluster.nodes.map((node) => `${name}/${node.name}`),
    options.ringCapacity ?? (isLoad ? ciliumRing : companyRing),
    new Set(cluster.company.namespaces.map((namespace) => namespace.name)),
  )
  const truth = createTruth()
  const churn = createChurn(cluster, seed, start)
  const schedule = createSchedule(seed, now(), isLoad ? [] : undefined)
  const witnesses = isLoad ? null : createWitnesses(cluster, start, now, options)
  const enforcement = createEnforcement(store)
  const common = { cluster, churn, nodes, truth, seed, start, enforcement, onChanges: apply }
  const traffic = isLoad
    ? createLoad({ ...common, rate: options.rate ?? 20_000 })
    : createEngine({
        ...common,
        schedule,
        rateScale: (options.rate ?? companyRate) / companyRate,
        witnesses: witnesses?.told,
      })
  traffic.advance(now())

  const running: (() => unknown)[] = [() => witnesses?.close()]
  const stop = async () => void (await Promise.all(running.splice(0).map((end) => end())))
  try {
    const token = randomBytes(24).toString('base64url')
    const api = await startApiServer({ store, token, port: options.kubernetesPort ?? 0 })
    running.push(() => api.close())
    const relay = await startRelay({ nodes, cluster: name, port: options.hubblePort ?? 0, now, tls: options.tls })
    running.push(() => relay.kill())
    const opened = await witnesses?.open()
    const hubble = { stop: () => relay.kill(), start: () => relay.revive() }
    const switches: Readonly<Record<string, Switch>> = { hubble, ...opened?.switches }
    const control = await startControl(
      { cluster, nodes, relay, store, schedule, churn, truth, traffic, apply, now, switches },
      options.controlPort,
    )
    running.push(() => control.close())
    const kubeconfig = await writeKubeconfig(options.stateDir, name, api.url, token)
    const ticking = setInterval(() => traffic.advance(now()), tickMs)
    running.push(() => clearInterval(ticking))
    signal?.addEventListener('abort', () => void stop(), { once: true })
    return {
      kubeconfig,
      hubble: relay.address,
      goldmane: opened?.goldmane ?? null,
      prometheus: opened?.prometheus ?? null,
      control: `http://127.0.0.1:${control.port}`,
      cluster: name,
      truth,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

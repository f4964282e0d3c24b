// The demo cluster as a child of `oriel start`: tells its addresses and ends with its parent.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { people } from '@/demo/kubernetes-api/people'
import { type Demo, type DemoOptions, runDemo } from '@/demo/main'
import { freePort } from './free-port'

/** Where the demo serves, and where it sends to, which the collector must listen on. */
export type DemoAddresses = {
  readonly kubeconfig: string
  readonly hubble: string
  readonly goldmane: string
  readonly prometheus: string
  readonly als: string
  readonly otlp: string
  readonly control: string
  /** Who may write everything there, as `kubernetes.actAs` takes it: the user and, after commas, the groups. */
  readonly actAs: string
}

const { values } = parseArgs({
  options: { 'state-dir': { type: 'string', default: '.oriel/demo' }, seed: { type: 'string', default: '1' } },
})
const stateDir = values['state-dir']
const addressFile = join(stateDir, 'addresses.json')

const known = knownAddresses()
const als = known.als ?? (await freeAddress())
const otlp = known.otlp ?? (await freeAddress())
const demo = await startOnKnownPorts()
const { kubeconfig, hubble, goldmane, prometheus, control } = demo
const { user, groups } = people.platformAdmin
const actAs = [user, ...groups].join(',')
const addresses = { kubeconfig, hubble, goldmane, prometheus, als, otlp, control, actAs }
mkdirSync(stateDir, { recursive: true })
writeFileSync(addressFile, JSON.stringify(addresses))
process.send?.(addresses)
for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.on(event, () => void demo.stop().then(() => process.exit(0)))
}

/** The ports of the last start where they are free, so that the demo is the same sources after a restart. */
async function startOnKnownPorts(): Promise<Demo> {
  const options: DemoOptions = { seed: Number(values.seed), stateDir, alsTo: als, otlpTo: otlp }
  const ports = {
    hubblePort: portOf(known.hubble),
    goldmanePort: portOf(known.goldmane),
    prometheusPort: portOf(known.prometheus),
  }
  if (ports.hubblePort > 0) {
    const started = await runDemo({ ...options, ...ports }).catch(() => null)
    if (started) return started
  }
  return runDemo(options)
}

function portOf(address = ''): number {
  return Number(address.split(':').at(-1) ?? 0)
}

async function freeAddress(): Promise<string> {
  return `127.0.0.1:${await freePort()}`
}

function knownAddresses(): Partial<DemoAddresses> {
  try {
    return JSON.parse(readFileSync(addressFile, 'utf8')) as Partial<DemoAddresses>
  } catch {
    return {}
  }
}

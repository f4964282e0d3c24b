// The demo cluster as a child of `oriel start`: tells its addresses and ends with its parent.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Demo, runDemo } from '@/demo/main'

const { values } = parseArgs({
  options: { 'state-dir': { type: 'string', default: '.oriel/demo' }, seed: { type: 'string', default: '1' } },
})
const stateDir = values['state-dir']
const addressFile = join(stateDir, 'addresses.json')

const demo = await startOnKnownPorts()
mkdirSync(stateDir, { recursive: true })
const { kubeconfig, hubble, control } = demo
writeFileSync(addressFile, JSON.stringify({ hubble, control }))
process.send?.({ kubeconfig, hubble, control })
for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.on(event, () => void demo.stop().then(() => process.exit(0)))
}

/** The ports of the last start where they are free, so that the demo is the same source after a restart. */
async function startOnKnownPorts(): Promise<Demo> {
  const options = { seed: Number(values.seed), stateDir }
  const hubblePort = knownPort()
  if (hubblePort > 0) {
    const started = await runDemo({ ...options, hubblePort }).catch(() => null)
    if (started) return started
  }
  return runDemo(options)
}

function knownPort(): number {
  try {
    const { hubble } = JSON.parse(readFileSync(addressFile, 'utf8')) as { hubble?: string }
    return Number(hubble?.split(':').at(-1) ?? 0)
  } catch {
    return 0
  }
}

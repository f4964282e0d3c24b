// The demo cluster as a child of `oriel start`: tells its addresses and ends with its parent.
import { parseArgs } from 'node:util'
import { runDemo } from '@/demo/main'

const { values } = parseArgs({
  options: { 'state-dir': { type: 'string', default: '.oriel/demo' }, seed: { type: 'string', default: '1' } },
})
const demo = await runDemo({ seed: Number(values.seed), stateDir: values['state-dir'] })
process.send?.({ kubeconfig: demo.kubeconfig, hubble: demo.hubble, control: demo.control })
for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.on(event, () => void demo.stop().then(() => process.exit(0)))
}

// The demo cluster as a child of `oriel start`: tells its addresses and ends with its parent.
import { parseArgs } from 'node:util'
import { runDemo } from '@/demo/main'

const { values } = parseArgs({
  options: { 'state-dir': { type: 'string', default: '.oriel/demo' }, seed: { type: 'string', default: '1' } },
})
const stop = new AbortController()
const demo = await runDemo({ seed: Number(values.seed), stateDir: values['state-dir'], signal: stop.signal })
process.send?.({ kubeconfig: demo.kubeconfig, hubble: demo.hubbleAddress })
for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.on(event, () => {
    stop.abort()
    void demo.stop().then(() => process.exit(0))
  })
}

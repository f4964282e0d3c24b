import { expect, it } from 'vitest'
import { edge, http, workload, world } from '../world-fixture'
import { buildEncryption } from './build-encryption'
import { classifyWorld } from './classify-world'
import { ground, node, placed, pods } from './ground-fixture'

const [web, agent] = [workload('web'), workload('agent')]
const host = { withHosts: false, toPods: false, fromPods: false }
const known = ground(
  [placed(web, pods('n1', 'linkerd')), placed(agent, pods('n2', 'linkerd', { hostNetwork: true }))],
  [node('n1', 'a', { host }), node('n2', 'b', { host })],
)
const told = () => {
  const row = http(10, 0, null, { source: 'prometheus:linkerd', encryption: 'plaintext', reason: 'disabled' })
  const seen = world([edge(web, agent, [row])], { ground: known })
  return buildEncryption(seen, classifyWorld(seen), 'requests').plaintext
}

it('says that the tunnel leaves the host network out, where settings tell so', () => {
  expect(told()).toMatchObject([
    {
      why: 'the proxy says disabled; the tunnel leaves the host network out',
      causes: [{ code: 'proxy-reason' }, { code: 'host-network', end: 'callee', names: ['shop/agent'] }],
    },
  ])
})

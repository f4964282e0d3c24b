import { expect, it } from 'vitest'
import { redactWorld } from '../redact'
import { scopeOf } from '../scope'
import { edge, external, flows, item, workload, world } from '../world-fixture'
import { teamSight } from './team-sight'

const [web, cart, ledger] = [workload('web'), workload('cart'), workload('ledger', 'bank')]
const service = { ...web, kind: 'Service' }

it('counts what a team sees: workloads, services, pairs of ends and those that cross its border', () => {
  const full = world(
    [
      edge(web, cart, [flows(1)]),
      edge(web, cart, [flows(1)], { port: 9090 }),
      edge(web, ledger, [flows(1)]),
      edge(ledger, external('bank.example'), [flows(1)]),
    ],
    { inventory: [item(web), item(workload('idle')), item(service), item(ledger)] },
  )
  const pairs = [
    { cluster: 'east', namespace: 'shop' },
    { cluster: 'east', namespace: 'empty' },
  ]
  const seen = redactWorld(
    full,
    scopeOf([
      ['east', 'shop'],
      ['east', 'empty'],
    ]),
  )
  expect(teamSight(seen, pairs)).toEqual({
    namespaces: [
      { cluster: 'east', namespace: 'shop', workloads: 3 },
      { cluster: 'east', namespace: 'empty', workloads: 0 },
    ],
    services: 1,
    edges: 2,
    crossing: 1,
  })
})

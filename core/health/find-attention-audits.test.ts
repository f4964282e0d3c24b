import { describe, expect, test } from 'vitest'
import type { World } from '../world'
import { edge, http, item, row, workload, world } from '../world-fixture'
import { web, bff, payments, cart, against, titles, proxy, sourceOf } from './test-attention'

describe('audits of what may become trouble', () => {
  const dns = (missed: number, n = 200) =>
    row({ l7: 'dns' }, { requests: n, responses: n, clientErrors: missed, serverErrors: 0 })
  const lookups = (missed: number, n?: number) => [
    edge(web, workload('coredns', 'kube-system'), [dns(missed, n)], { id: 9, port: 53 }),
  ]
  test.each<[string, World, string[]]>([
    ['NXDOMAIN that rose', against(lookups(100), lookups(20)), ['degraded: web looks up names that do not exist']],
    ['NXDOMAIN that ndots makes all the time', against(lookups(150), lookups(150)), []],
    ['NXDOMAIN of few lookups', against(lookups(20, 30), lookups(3, 30)), []],
    [
      'one pod that two call',
      world([edge(web, cart, [http(60)]), edge(bff, cart, [http(60)])], { inventory: [item(cart), item(web, [], 2)] }),
      ['notice: cart has a single pod'],
    ],
    [
      'several of one pod, in one finding',
      world(
        [web, bff].flatMap((caller) => [edge(caller, cart, [http(60)]), edge(caller, payments, [http(60)])]),
        { inventory: [item(cart), item(payments)] },
      ),
      ['notice: Single pods: two services that others call'],
    ],
    [
      'one pod of a set, one that a single caller has, two pods',
      world([edge(web, cart, [http(60)]), edge(bff, payments, [http(60)]), edge(web, payments, [http(60)])], {
        inventory: [item(cart), item(payments, [], 2), item({ ...bff, kind: 'StatefulSet' })],
      }),
      [],
    ],
    [
      'a callee of which some pods have a proxy',
      world([edge(web, cart, [proxy('source', 600), proxy('destination', 300)])]),
      ['notice: Some pods of cart have no proxy'],
    ],
    [
      'a callee of which access logs told less',
      world([
        edge(web, cart, [
          http(600, 0, null, { source: 'als', reporter: 'source' }),
          http(300, 0, null, { source: 'als', reporter: 'destination' }),
        ]),
      ]),
      [],
    ],
    [
      'a callee of which a lossy source told',
      world([edge(web, cart, [proxy('source', 600), proxy('destination', 300)])], {
        sources: [sourceOf('prom', 'running')],
        gaps: [{ source: 'prom', cluster: 'east', part: 'pod-1', cause: 'node_down', from: 0, to: 9_000, lost: null }],
      }),
      ['unknown: Prometheus lost events'],
    ],
    [
      'a callee whose proxies count all',
      world([edge(web, cart, [proxy('source', 600), proxy('destination', 590)])]),
      [],
    ],
    ['a callee without any proxy', world([edge(web, cart, [proxy('source', 600)])]), []],
  ])('%s', (_, now, expected) => expect(titles(now)).toEqual(expected))
})

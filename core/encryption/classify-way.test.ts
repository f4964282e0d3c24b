import { describe } from 'vitest'
import { flows, http } from '../world-fixture'
import { type Case, checkCases, both, cart, nodes, on, web } from './testing-cases'
import { goldmane, ground, istio, node, over, placed, pods } from './ground-fixture'

const cases: readonly Case[] = [
  ['no mesh, both nodes have keys', { rows: [goldmane(500)], ground: on('n1', 'n2'), unit: 'bytes' }, { tunnel: 500 }],
  ['no mesh, on one node', { rows: [goldmane(500)], ground: on('n1', 'n1'), unit: 'bytes' }, { 'same-node': 500 }],
  ['mTLS over a tunnel is both', { rows: [istio('mtls', 10)], ground: on('n1', 'n2', both) }, { 'mtls+tunnel': 10 }],
  [
    'whether a tunnel takes the host network is not known',
    {
      rows: [goldmane(500)],
      ground: ground([placed(web, pods('n1', 'none', { hostNetwork: true })), placed(cart, pods('n2'))], nodes),
      unit: 'bytes',
    },
    { unknown: 500 },
  ],
  ...(
    [
      ['a tunnel takes the host network', true, { tunnel: 500 }],
      ['a tunnel leaves the host network out', false, { plaintext: 500 }],
    ] as const
  ).map(([what, takes, found]): Case => {
    const host = { withHosts: takes, toPods: takes, fromPods: takes }
    const told = [node('n1', 'a', { host }), node('n2', 'b', { host })]
    const caller = placed(web, pods('n1', 'none', { hostNetwork: true }))
    return [
      what,
      { rows: [goldmane(500)], ground: ground([caller, placed(cart, pods('n2'))], told), unit: 'bytes' },
      found,
    ]
  }),
  [
    'the host network of a node without a key',
    {
      rows: [goldmane(500)],
      ground: ground([placed(web, pods('n3', 'none', { hostNetwork: true })), placed(cart, pods('n2'))], nodes),
      unit: 'bytes',
    },
    { plaintext: 500 },
  ],
  [
    'a node of which nothing tells has no plaintext',
    { rows: [goldmane(500)], ground: on('n1', 'n9'), unit: 'bytes' },
    { unknown: 500 },
  ],
  [
    'pods on several nodes: what no pair can avoid',
    {
      rows: [goldmane(500)],
      ground: ground([placed(web, pods('n1')), placed(cart, pods('n2'), pods('n3'))], nodes),
      unit: 'bytes',
    },
    { unknown: 500 },
  ],
  [
    'the way of each flow, told by the network, is better than the placement of the window',
    {
      rows: [over('wireguard', flows(30)), over('open', flows(10)), goldmane(400)],
      ground: ground([placed(web, pods('n1')), placed(cart, pods('n2'), pods('n3'))], nodes),
      unit: 'bytes',
    },
    { tunnel: 300, plaintext: 100 },
  ],
  [
    'both layers by different witnesses: only what is certain',
    { rows: [istio('mtls', 60), istio('plaintext', 40), over('wireguard', flows(50)), over('open', flows(50))] },
    { 'mtls+tunnel': 10, mtls: 50, unknown: 40 },
  ],
  [
    'both layers by one witness: row by row',
    {
      rows: [
        over('wireguard', http(50, 0, null, { source: 'als', encryption: 'mtls' })),
        over('open', http(10, 0, null, { source: 'als', encryption: 'mtls' })),
        over('open', http(40, 0, null, { source: 'als', encryption: 'plaintext' })),
      ],
    },
    { 'mtls+tunnel': 50, mtls: 10, plaintext: 40 },
  ],
  [
    'packets that Hubble saw encrypted went through a tunnel, whatever the nodes say',
    { rows: [flows(10, { encryption: 'tunnel' }), goldmane(400)], ground: ground([], []), unit: 'bytes' },
    { tunnel: 400 },
  ],
]

describe('what protected an edge, by where its pods were', () => checkCases(cases))

import { expect, test } from 'vitest'
import { endLookup } from './find-end'
import { loadModel } from './load-model'

const object = (kind: string, name: string, parts: object = {}, meta: object = {}) => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  metadata: { name, ...(kind === 'Node' ? {} : { namespace: 'shop' }), ...meta },
  ...parts,
})
const spec = { spec: { containers: [] } }
const owned = { ownerReferences: [{ kind: 'Deployment', name: 'web', controller: true }] }
const loaded = loadModel(
  [
    object('Deployment', 'web', { spec: { template: spec } }),
    object('Pod', 'web-1', { ...spec, status: { podIP: '10.0.0.1' } }, owned),
    object('Pod', 'web', { ...spec, status: { podIP: 'fd00::2' } }),
    object('Pod', 'agent', { spec: { containers: [], hostNetwork: true }, status: { podIP: '10.9.0.1' } }),
    object('Pod', 'x', { ...spec, status: { podIP: '10.0.0.7' } }),
    object('Pod', 'y', { ...spec, status: { podIP: '10.0.0.7' } }),
    object('Node', 'n1', { status: { addresses: [{ type: 'InternalIP', address: '10.9.0.1' }] } }),
    object('Service', 'web', { spec: { clusterIP: '10.96.0.1', selector: {} } }),
  ].map((value, i) => ({ file: 'a.yaml', document: i + 1, value })),
)
const { byName, byAddress, byService } = endLookup(loaded)
const shown = (found: ReturnType<typeof byName>) => {
  if ('problem' in found) return found.problem
  if ('service' in found) return `Service ${found.service.name}`
  const { end } = found
  if (end.type === 'workload') return `${end.workload.kind} ${end.workload.name}`
  return end.type === 'node' ? end.name : end.address
}

test.each([
  ['shop/web-1', 'Deployment web'],
  ['shop/web-1[Pod]', 'Deployment web'],
  ['shop/web[Deployment]', 'Deployment web'],
  ['shop/web', 'shop/web is one of shop/web[Deployment] and shop/web[Pod]; name it with its kind'],
  ['shop/web[Pod]', 'Pod web'],
  ['shop/none', 'there is no pod or workload shop/none'],
  ['web', 'web is not namespace/name'],
])('the name %s is %s', (name, wanted) => expect(shown(byName(name))).toBe(wanted))

test.each([
  ['10.0.0.1', 'Deployment web'],
  ['::ffff:10.0.0.1', 'Deployment web'],
  ['FD00:0::2', 'Pod web'],
  ['10.9.0.1', 'n1'],
  ['10.0.0.7', '10.0.0.7 is the address of several pods or nodes'],
  ['192.0.2.1', '192.0.2.1'],
  ['10.96.0.1', 'Service web'],
  ['10.0.0', '10.0.0 is no address'],
])('the address %s is %s', (address, wanted) => expect(shown(byAddress(address))).toBe(wanted))

test('a Service is found by its name alone', () => {
  expect([shown(byService('shop/web')), shown(byService('shop/db'))]).toEqual([
    'Service web',
    'there is no Service shop/db',
  ])
})

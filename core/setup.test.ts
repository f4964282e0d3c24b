import { describe, expect, it } from 'vitest'
import { setupOf, type SetupObject, type SetupSource } from './setup'

const object = (kind: string, namespace: string, name: string): SetupObject => ({
  cluster: 'east',
  kind,
  namespace,
  name,
})
const source = (type: string, parts: Partial<SetupSource> = {}): SetupSource => ({
  type,
  cluster: 'east',
  state: 'running',
  message: '',
  lastEventAt: null,
  ...parts,
})
const cilium = object('DaemonSet', 'kube-system', 'cilium')
const relay = object('Service', 'kube-system', 'hubble-relay')
const calico = object('DaemonSet', 'calico-system', 'calico-node')
const goldmane = object('Service', 'calico-system', 'goldmane')
const istio = object('Deployment', 'istio-system', 'istiod')
const prometheus = object('Service', 'monitoring', 'prometheus-server')

const states = (objects: SetupObject[], sources: SetupSource[] = [], clusters = ['east']) =>
  setupOf(objects, sources, clusters)[0]?.steps.map(({ id, state }) => `${id} ${state}`)

describe('setupOf', () => {
  it.each<[string, SetupObject[], SetupSource[], string[]]>([
    ['a cluster of nothing', [], [], ['kubernetes done', 'source todo', 'traffic todo']],
    ['Cilium without Relay', [cilium], [], ['kubernetes done', 'relay todo', 'source hubble todo', 'traffic todo']],
    ['Cilium with Relay', [cilium, relay], [], ['kubernetes done', 'relay done', 'source hubble todo', 'traffic todo']],
    [
      'Calico without Goldmane',
      [calico],
      [],
      ['kubernetes done', 'goldmane todo', 'source goldmane todo', 'traffic todo'],
    ],
    [
      'Calico with Goldmane',
      [calico, goldmane],
      [],
      ['kubernetes done', 'goldmane done', 'source goldmane todo', 'traffic todo'],
    ],
    ['Istio', [istio], [], ['kubernetes done', 'source prometheus todo', 'traffic todo']],
    [
      'a Relay that answers and that the inventory does not show',
      [cilium],
      [source('hubble')],
      ['kubernetes done', 'relay done', 'source hubble done', 'traffic waiting'],
    ],
    [
      'Hubble, connected and silent',
      [cilium, relay],
      [source('hubble', { state: 'idle' })],
      ['kubernetes done', 'relay done', 'source hubble done', 'traffic waiting'],
    ],
    [
      'Hubble, out of reach',
      [cilium, relay],
      [source('hubble', { state: 'retrying', message: 'refused' })],
      ['kubernetes done', 'relay done', 'source hubble failed', 'traffic todo'],
    ],
    [
      'traffic',
      [cilium, relay],
      [source('hubble', { lastEventAt: 1 })],
      ['kubernetes done', 'relay done', 'source hubble done', 'traffic done'],
    ],
  ])('%s', (_, objects, sources, expected) => expect(states(objects, sources)).toEqual(expected))

  it('without a Kubernetes API begins with it', () =>
    expect(states([], [], [])).toEqual(['kubernetes todo', 'source todo', 'traffic todo']))

  it('names the Prometheus that there is', () => {
    const [setup] = setupOf([istio, prometheus], [], ['east'])
    expect(setup?.found).toEqual(['Istio'])
    expect(setup?.steps[1]?.command).toContain('-n monitoring port-forward service/prometheus-server 9090:80')
  })

  it('keeps clusters apart', () => {
    const setups = setupOf([cilium, { ...istio, cluster: 'west' }], [], ['east', 'west'])
    expect(setups.map(({ cluster, found }) => [cluster, found])).toEqual([
      ['east', ['Cilium']],
      ['west', ['Istio']],
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { setupOf, type SetupKind, type SetupObject, type SetupSource } from './setup'

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
const kind = (name: string, state: SetupKind['state'] = 'running', message = '', cluster = 'east'): SetupKind => ({
  cluster,
  kind: name,
  state,
  message,
})
const read = [kind('Pod'), kind('Service'), kind('CiliumNode', 'idle', 'The API server has no ciliumnodes.')]
const cilium = object('DaemonSet', 'kube-system', 'cilium')
const relay = object('Service', 'kube-system', 'hubble-relay')
const calico = object('DaemonSet', 'calico-system', 'calico-node')
const goldmane = object('Service', 'calico-system', 'goldmane')
const istio = object('Deployment', 'istio-system', 'istiod')
const prometheus = object('Service', 'monitoring', 'prometheus-server')

const states = (objects: SetupObject[], sources: SetupSource[] = [], kinds = read) =>
  setupOf(objects, sources, kinds)[0]?.steps.map(({ id, state }) => `${id} ${state}`)

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
      'a source that works beside one that does not',
      [],
      [source('als', { state: 'retrying', message: 'taken' }), source('hubble')],
      ['kubernetes done', 'source hubble done', 'traffic waiting'],
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
    const [setup] = setupOf([istio, prometheus], [], read)
    expect(setup?.found).toEqual(['Istio'])
    expect(setup?.steps[1]?.command).toContain('-n monitoring port-forward service/prometheus-server 9090:80')
  })

  it('keeps clusters apart', () => {
    const setups = setupOf([cilium, { ...istio, cluster: 'west' }], [], [kind('Pod', 'running', '', 'west'), ...read])
    expect(setups.map(({ cluster, found }) => [cluster, found])).toEqual([
      ['east', ['Cilium']],
      ['west', ['Istio']],
    ])
  })

  it.each<[string, SetupKind[], string, RegExp]>([
    ['says what is read', read, 'done', /^Oriel knows the workloads of east\.$/],
    [
      'is not done where reading is refused',
      [
        kind('ReplicaSet', 'failed', 'no'),
        kind('Pod', 'failed', 'Reading pods is not allowed.'),
        kind('Service', 'failed', 'no'),
      ],
      'failed',
      /^Pod, Service and 1 more kind cannot be read\. Reading pods is not allowed\.$/,
    ],
    [
      'is not done where the API server is gone',
      [kind('Pod', 'retrying', 'Cannot reach the API server.'), kind('Service')],
      'failed',
      /^Pod cannot be read\. Cannot reach/,
    ],
    ['is not done while the collector is away', [kind('Pod', 'stopped')], 'failed', /the collector does not run/],
    ['waits for the first answer', [kind('Pod', 'starting'), kind('Service')], 'waiting', /^Reading/],
    [
      'names what is missing where the rest is enough',
      [...read, kind('ReplicaSet', 'failed', 'no')],
      'done',
      /^Oriel knows the workloads of east; ReplicaSet cannot be read, Sources says why\.$/,
    ],
  ])('the Kubernetes step %s', (_, kinds, state, text) => {
    const step = setupOf([], [], kinds)[0]?.steps[0]
    expect(step?.state).toBe(state)
    expect(step?.text).toMatch(text)
  })

  it('does not say that nothing was found where nothing could be read', () => {
    const text = (kinds: SetupKind[]) => setupOf([], [], kinds)[0]?.steps[1]?.text
    expect(text(read)).toMatch(/^Neither Cilium/)
    expect(text([kind('Pod', 'failed', 'no')])).toMatch(/^What east has is not known yet/)
  })
})

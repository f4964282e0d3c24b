import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ObjectChange, ObjectFacts } from './mark'
import { markSentence, markWords } from './mark-words'
import { buildMarks } from './marks'
import { marksNear, marksOfEdges } from './marks-near'
import { edge, flows, item, workload, world } from '../world-fixture'

const facts = (more: Partial<ObjectFacts> = {}): ObjectFacts => ({
  images: ['registry:5000/shop/bff:1.0.0'],
  replicas: 3,
  template: 'a',
  restartedAt: '',
  content: '',
  ...more,
})

const change = (more: Partial<ObjectChange> = {}): ObjectChange => ({
  cluster: 'east',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'bff',
  at: 1_000,
  owner: null,
  before: facts(),
  after: facts(),
  ...more,
})

const image = (...images: string[]) => ({ images })
const say = (...changes: ObjectChange[]) => buildMarks(changes).marks.map(markSentence)

describe('buildMarks', () => {
  test.each<[string, Partial<ObjectChange>, string[]]>([
    ['a new image', { after: facts(image('r/bff:1.1.0')) }, ['Deployment shop/bff was deployed, 1.0.0 → 1.1.0']],
    [
      'the image that changed among several',
      { before: facts(image('a:1', 'b:2')), after: facts(image('a:1', 'b:3')) },
      ['Deployment shop/bff was deployed, 2 → 3'],
    ],
    [
      'an image by digest',
      { after: facts(image('bff@sha256:0123456789abcdef')) },
      ['Deployment shop/bff was deployed, 1.0.0 → 0123456'],
    ],
    [
      'another template of the same image',
      { after: facts({ template: 'b' }) },
      ['Deployment shop/bff was deployed, 1.0.0 with another template'],
    ],
    ['a template that was not kept before', { before: facts({ template: null }) }, []],
    ['a restart', { after: facts({ restartedAt: '2026' }) }, ['Deployment shop/bff was restarted']],
    ['other pods', { after: facts({ replicas: 5 }) }, ['Deployment shop/bff was scaled from 3 to 5 pods']],
    ['pods that nobody told of', { before: facts({ replicas: null }) }, []],
    ['a label', {}, []],
    ['a new workload', { before: null }, ['Deployment shop/bff is new, 1.0.0']],
    ['one that goes', { after: null }, ['Deployment shop/bff was removed']],
    [
      'a policy that says something else',
      { kind: 'NetworkPolicy', name: 'allow', after: facts({ content: 'x' }) },
      ['NetworkPolicy shop/allow was changed'],
    ],
    ['a policy that says the same', { kind: 'NetworkPolicy' }, []],
    ['a deleted policy', { kind: 'NetworkPolicy', after: null }, ['NetworkPolicy shop/bff was deleted']],
    ['a new Service', { kind: 'Service', before: null }, ['Service shop/bff was created']],
    ['a node that joined', { kind: 'Node', namespace: '', name: 'n1', before: null }, ['Node n1 joined']],
    ['a node that changed', { kind: 'Node', namespace: '', after: facts({ content: 'x' }) }, []],
    [
      'a ReplicaSet of a controller that is not watched',
      { kind: 'ReplicaSet', name: 'web-6d', owner: { kind: 'Rollout', name: 'web' }, before: null },
      ['Rollout shop/web was deployed, 1.0.0'],
    ],
    ['that ReplicaSet when it shrinks', { kind: 'ReplicaSet', owner: { kind: 'Rollout', name: 'web' } }, []],
  ])('%s', (_, more, expected) => {
    expect(say(change(more))).toEqual(expected)
  })

  test('a roll-out of several writes is one mark, at its first, to its last version', () => {
    const first = change({ at: 5_000, after: facts(image('bff:1.1')) })
    const second = change({ at: 9_000, before: facts(image('bff:1.1')), after: facts(image('bff:1.2')) })
    const later = change({ at: 200_000, before: facts(image('bff:1.2')), after: facts(image('bff:1.3')) })
    expect(buildMarks([later, second, first]).marks.map(({ at, from, to }) => [at, from, to])).toEqual([
      [5_000, '1.0.0', '1.2'],
      [200_000, '1.2', '1.3'],
    ])
  })

  test('what is deleted and made again has changed', () => {
    const gone = change({ kind: 'NetworkPolicy', name: 'allow', after: null })
    const back = change({ kind: 'NetworkPolicy', name: 'allow', at: 2_000, before: null })
    expect(say(gone, back)).toEqual(['NetworkPolicy shop/allow was changed'])
  })

  test('lists the newest of too many, and says how many there are', () => {
    const many = Array.from({ length: 9 }, (_, i) => change({ name: `w${i}`, at: i, after: null }))
    const { marks, total } = buildMarks(many, 4)
    expect(marks.map(({ name }) => name)).toEqual(['w5', 'w6', 'w7', 'w8'])
    expect(total).toBe(9)
  })

  test('is the same whatever the order of the changes', () => {
    const anyChange = fc.record({
      name: fc.constantFrom('a', 'b'),
      at: fc.integer({ min: 0, max: 300 }).map((s) => s * 1_000),
      version: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(anyChange, { selector: ({ at }) => at }), (drafts) => {
        const changes = drafts.map(({ name, at, version }) => change({ name, at, after: facts(image(`x:${version}`)) }))
        expect(buildMarks(changes.toReversed())).toEqual(buildMarks(changes))
        const ids = buildMarks(changes).marks.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })
})

describe('marks that have to do with a selection', () => {
  const [web, bff, db, far] = [workload('web'), workload('bff'), workload('db', 'data'), workload('far', 'far')]
  const edges = [edge(web, bff, [flows(1)]), edge(bff, db, [flows(1)]), edge(db, far, [flows(1)])]
  const scene = world(edges, { inventory: [item(bff, ['front']), item(db, ['db'])] })
  const { marks } = buildMarks([
    change({ name: 'web', after: facts(image('x:2')) }),
    change({ name: 'web', after: facts({ replicas: 9 }) }),
    change({ name: 'bff', after: facts({ replicas: 9 }) }),
    change({ name: 'db', namespace: 'data', after: facts(image('x:2')) }),
    change({ name: 'far', namespace: 'far', after: facts(image('x:2')) }),
    change({ kind: 'Service', name: 'front', after: null }),
    change({ kind: 'NetworkPolicy', name: 'own', after: null }),
    change({ kind: 'NetworkPolicy', name: 'other', namespace: 'data', after: null }),
    change({ kind: 'Node', name: 'n1', namespace: '', after: null }),
  ])
  const near = (id: string) => marksNear(marks, scene, id).map(markWords).sort()

  test('are its own, its Service, its namespace’s policies and the deploys beside it', () => {
    expect(near('east/shop/Deployment/bff')).toEqual([
      'Service front deleted',
      'bff 3 → 9 pods',
      'deploy db',
      'deploy web',
      'policy own deleted',
    ])
    expect(near('east/shop/Service/front')).toEqual(near('east/shop/Deployment/bff'))
  })

  test('of an edge are those of both ends', () => {
    expect(near('east/shop/Deployment/bff|east/data/Deployment/db|8080|tcp')).toEqual([
      'Service front deleted',
      'bff 3 → 9 pods',
      'deploy db',
      'policy other deleted',
      'policy own deleted',
    ])
  })

  test('of a folded namespace are all in it, and the deploys beside it', () => {
    expect(near('east/data/Namespace/data')).toEqual(['deploy db', 'deploy far', 'policy other deleted'])
  })

  test('of edges that match a filter are those of what they connect', () => {
    expect(marksOfEdges(marks, scene, edges.slice(2)).map(markWords)).toEqual([
      'deploy db',
      'deploy far',
      'policy other deleted',
    ])
  })
})

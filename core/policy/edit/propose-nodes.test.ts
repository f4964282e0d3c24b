import { expect, test } from 'vitest'
import { compilePolicies } from '../compile'
import { evaluate } from '../evaluate'
import type { GroundEdge, GroundEnd, PolicyGround } from '../ground'
import type { ModelObject } from '../model'
import type { Direction } from '../normal-form'
import { defaultOptions } from '../profile'
import { changedModel } from '../what-if/changed-model'
import { endOfGround } from '../what-if/ground-end'
import { at, edge, groundOf, policy, shop, workload } from '../what-if/test-ground'
import type { Proposal, Wish } from './proposal'
import { proposeEdits } from './propose-edits'
import { readDraftText } from './read-draft-text'

const node = (name: string): GroundEnd => ({ type: 'node', name })
const nodes = ['n1', 'n2'].map((name, i) => ({ name, labels: {}, addresses: [`192.168.0.${i + 1}`] }))
const workloads = shop.map((one, i) => (i === at.db ? { ...one, nodes: ['n1'] } : one))
const [probe, client] = [edge(node('n1'), workload('db'), 8080), edge(node('n2'), workload('db'), 5432)]
const seen = [edge(workload('web'), workload('db'), 5432), probe, client]
const toNode = edge(workload('db'), node('n2'), 10250)
const isolate = (direction: Direction): Wish => ({ wish: 'isolate', direction, subject: { workload: at.db } })

const grounds = (
  profile: PolicyGround['profile'],
  edges: readonly GroundEdge[],
  objects: readonly ModelObject[] = [],
) => ({
  ...groundOf(objects, edges, { nodes, workloads }),
  profile,
})

function verdictAfter(ground: PolicyGround, { changes }: Proposal, { from, to, protocol, port }: GroundEdge) {
  const draft = changes.map(({ after }) => ({
    change: 'put' as const,
    object: readDraftText(after).objects[0]?.object ?? {},
  }))
  const [source, target] = [endOfGround(ground, from), endOfGround(ground, to)]
  if (!source || !target) throw new Error('no end')
  const compiled = compilePolicies(changedModel(ground.model, draft), { ...defaultOptions, profile: ground.profile })
  return evaluate(compiled, { from: source, to: target, protocol, port }).verdict
}

test.each(['generic', 'calico', 'cilium'] as const)(
  'an isolation names no node by its address, since those change (%s)',
  (profile) => {
    const into = proposeEdits(grounds(profile, seen), isolate('ingress')).proposals
    const out = proposeEdits(grounds(profile, [toNode]), isolate('egress')).proposals
    expect([into.length > 1, out.length > 0]).toEqual([true, true])
    for (const { changes } of [...into, ...out]) expect(changes[0]?.after).not.toContain('192.168.')
    // Said where nothing names it.
    expect(
      out
        .flatMap(({ cautions }) => cautions)
        .join()
        .includes('node n2 on TCP 10250'),
    ).toBe(profile !== 'cilium')
  },
)

test('what came from nodes is told, but for probes of the own node, and is counted as stopped', () => {
  const ground = grounds('calico', seen)
  const [first] = proposeEdits(ground, isolate('ingress')).proposals
  expect(first?.cautions.join(' ')).toContain('What comes from nodes (node n2 on TCP 5432) is not named')
  expect(first?.cautions).toContain('Stops 1 other recorded edge.')
  expect(first && verdictAfter(ground, first, probe)).toBe('allowed')
  expect(first && verdictAfter(ground, first, client)).toBe('denied')
})

test('it is let pass by a word for nodes where Cilium is the CNI', () => {
  const ground = grounds('cilium', seen)
  const [first, second] = proposeEdits(ground, isolate('ingress')).proposals
  expect(first?.sentence).toContain('Write a new CiliumNetworkPolicy shop/db-ingress')
  expect(first?.changes[0]?.after).toMatch(/fromEntities:\n\s+- remote-node/)
  expect(first?.cautions.join()).not.toContain('nodes')
  for (const one of seen) expect(first && verdictAfter(ground, first, one), one.id).toBe('allowed')
  expect(second?.sentence).toContain('Write a new NetworkPolicy shop/db-ingress')
})

test('an address is proposed only for the very connection of a node that is wished, with what that means', () => {
  const closed = policy('db', { app: 'db' }, { ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432 }] }] })
  const wish: Wish = { wish: 'allow', edge: { from: node('n2'), to: workload('db'), protocol: 'TCP', port: 5432 } }
  const [first] = proposeEdits(grounds('calico', seen, [closed]), wish).proposals
  expect(first?.changes[0]?.after).toContain('192.168.0.2/32')
  expect(first?.cautions.join()).toContain('one that is replaced is no longer named')
})

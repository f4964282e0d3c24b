import { describe, expect, it } from 'vitest'
import { groundOf } from '../what-if/test-ground'
import { type Picked, peerPicked, pickedNamespaces, subjectPicked } from './match-picks'
import type { LabelPick, NamespacePick, Peer } from './visual'

const { model } = groundOf([], [])
const names = (picked: Picked) =>
  picked === 'unknown' ? picked : picked.workloads.map(({ namespace, name }) => `${namespace}/${name}`)
const labels = (key: string, ...values: string[]): LabelPick => ({ terms: [{ key, op: 'in', values }] })
const any: LabelPick = { terms: [] }
const pods = (namespaces: NamespacePick, of: LabelPick): Peer => ({ is: 'pods', namespaces, pods: of })

describe('whom a pick matches now', () => {
  it.each<[string, Peer, readonly string[] | 'unknown']>([
    ['labels in the own namespace', pods({ pick: 'own' }, labels('app', 'web', 'db')), ['shop/web', 'shop/db']],
    ['a namespace by name', pods({ pick: 'named', names: ['data'] }, any), ['data/reports', 'data/job']],
    [
      'namespaces by labels',
      pods({ pick: 'labels', labels: labels('kubernetes.io/metadata.name', 'ops') }, any),
      ['ops/prometheus'],
    ],
    ['all namespaces', pods({ pick: 'all' }, labels('app', 'job')), ['data/job']],
    ['a selector of Calico', pods({ pick: 'own' }, { expression: 'app == "web"' }), ['shop/web']],
    ['a selector that cannot be read', pods({ pick: 'own' }, { expression: 'app = ' }), 'unknown'],
    ['ranges, which the engine judges', { is: 'range', cidrs: ['10.0.0.0/8'], except: [] }, 'unknown'],
    ['namespaces with a star', { is: 'namespaces', names: ['da*'] }, 'unknown'],
    ['namespaces of a mesh', { is: 'namespaces', names: ['ops'] }, ['ops/prometheus']],
  ])('%s', (_, peer, found) => expect(names(peerPicked(peer, 'shop', model))).toEqual(found))

  it('takes the own namespace of an object without one as all', () => {
    expect(pickedNamespaces({ pick: 'own' }, null, model)).toBeNull()
    expect(
      names(subjectPicked({ namespaces: { pick: 'own' }, pods: labels('app', 'web'), other: null }, null, model)),
    ).toEqual(['shop/web'])
  })

  it('leaves a subject with conditions of YAML open', () => {
    expect(subjectPicked({ namespaces: { pick: 'own' }, pods: any, other: 'targetRefs' }, 'shop', model)).toBe(
      'unknown',
    )
  })

  it('leaves out pods on the network of their node', () => {
    const host = { ...model, workloads: model.workloads.map((one) => ({ ...one, hostNetwork: one.name === 'web' })) }
    expect(names(peerPicked(pods({ pick: 'own' }, any), 'shop', host))).toEqual(['shop/db'])
  })
})

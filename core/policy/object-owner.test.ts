import { describe, expect, test } from 'vitest'
import type { ObjectManager, ObjectOwner } from './ground'
import { ownerOfManifest } from './object-owner'

type Case = {
  readonly labels?: object
  readonly annotations?: object
  readonly ownerReferences?: readonly object[]
  readonly managers?: readonly string[]
  /** Of the object itself, where it is not `NetworkPolicy shop/web`. */
  readonly object?: {
    readonly apiVersion: string
    readonly kind: string
    readonly namespace?: string
    readonly name: string
  }
}

const web = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' }
const wrote = (manager: string): ObjectManager => ({ manager, operation: 'Update', time: 1 })
const ownerOf = ({ managers = [], object = web, ...metadata }: Case): ObjectOwner => {
  const { apiVersion, kind, ...named } = object
  return ownerOfManifest({ apiVersion, kind, metadata: { ...named, ...metadata } }, managers.map(wrote))
}
const tracked = (id: string) => ({ annotations: { 'argocd.argoproj.io/tracking-id': id } })
const own = 'shop-app:networking.k8s.io/NetworkPolicy:shop/web'
const argo: ObjectOwner = { type: 'argo-cd', name: 'shop-app' }
const kubectl: ObjectOwner = { type: 'people', manager: 'kubectl-client-side-apply' }
const flux = { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' }
const release = { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'shop' }
const controller = { kind: 'Tenant', name: 'a', controller: true }

describe('who keeps an object as it is', () => {
  test.each<readonly [string, Case, ObjectOwner]>([
    ['Argo CD, whose tracking-id names it', { ...tracked(own), managers: ['kubectl-edit'] }, argo],
    [
      'nobody of Argo CD where the id is that of the object it was copied from',
      { ...tracked('shop-app:networking.k8s.io/NetworkPolicy:other/web'), managers: ['kubectl-client-side-apply'] },
      { ...kubectl, copiedFrom: 'shop-app:networking.k8s.io/NetworkPolicy:other/web' },
    ],
    [
      'nor where Argo CD is among the writers of what was copied',
      {
        ...tracked('shop-app:networking.k8s.io/NetworkPolicy:other/web'),
        managers: ['kubectl-client-side-apply', 'argocd-controller'],
      },
      { ...kubectl, copiedFrom: 'shop-app:networking.k8s.io/NetworkPolicy:other/web' },
    ],
    [
      'nor where it names another kind, or nothing that can be read',
      { ...tracked('shop-app:cilium.io/NetworkPolicy:shop/web') },
      { type: 'unknown', copiedFrom: 'shop-app:cilium.io/NetworkPolicy:shop/web' },
    ],
    ['an id without the parts of one', { ...tracked('shop-app') }, { type: 'unknown', copiedFrom: 'shop-app' }],
    [
      'Argo CD by the destination’s namespace for what lies in none',
      {
        ...tracked('base:policy.networking.k8s.io/ClusterNetworkPolicy:argocd/admin'),
        object: { apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', name: 'admin' },
      },
      { type: 'argo-cd', name: 'base' },
    ],
    [
      'Argo CD of a Calico policy as it is stored',
      {
        ...tracked('base:projectcalico.org/NetworkPolicy:shop/web'),
        object: { ...web, apiVersion: 'crd.projectcalico.org/v1', name: 'default.web' },
      },
      { type: 'argo-cd', name: 'base' },
    ],
    [
      'Argo CD that tracks by label, seen by its writing',
      { labels: { 'app.kubernetes.io/instance': 'shop-app' }, managers: ['kubectl-edit', 'argocd-controller'] },
      argo,
    ],
    [
      'no Argo CD by a label that Helm sets too',
      { labels: { 'app.kubernetes.io/instance': 'shop-app' }, managers: ['kubectl-client-side-apply'] },
      kubectl,
    ],
    ['Flux by its labels', { labels: flux }, { type: 'flux', name: 'Kustomization flux-system/apps' }],
    ['Flux by its writing', { managers: ['kustomize-controller'] }, { type: 'flux', name: '' }],
    [
      'Flux before the Helm that it runs',
      { labels: { 'helm.toolkit.fluxcd.io/name': 'shop' }, annotations: release },
      { type: 'flux', name: 'HelmRelease shop' },
    ],
    [
      'not Flux where it is told to leave it alone',
      {
        labels: flux,
        annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' },
        managers: ['kubectl-client-side-apply'],
      },
      kubectl,
    ],
    ['Helm by its release', { annotations: release, managers: ['helm'] }, { type: 'helm', name: 'shop/shop' }],
    [
      'no Helm where a chart was only rendered',
      { labels: { 'app.kubernetes.io/managed-by': 'Helm' }, managers: ['kubectl-client-side-apply'] },
      kubectl,
    ],
    [
      'its controller, whatever labels it hands down',
      { ownerReferences: [{ kind: 'Other', name: 'b' }, controller], labels: flux },
      { type: 'controller', kind: 'Tenant', name: 'a' },
    ],
    [
      'nobody by an owner that is no controller',
      { ownerReferences: [{ kind: 'Other', name: 'b' }] },
      { type: 'unknown' },
    ],
    ['people with Oriel', { managers: ['oriel', 'kubectl'] }, { type: 'people', manager: 'oriel' }],
    ['people with a browser', { managers: ['Mozilla'] }, { type: 'people', manager: 'Mozilla' }],
    [
      'not known where some program wrote it, which is told',
      { managers: ['tigera-operator', 'kubectl-edit'] },
      { type: 'unknown', writer: 'tigera-operator' },
    ],
    [
      'not known where Argo CD wrote a copy, which is told',
      {
        ...tracked('shop-app:networking.k8s.io/NetworkPolicy:other/web'),
        managers: ['argocd-controller', 'kubectl-edit'],
      },
      {
        type: 'unknown',
        writer: 'argocd-controller',
        copiedFrom: 'shop-app:networking.k8s.io/NetworkPolicy:other/web',
      },
    ],
    ['not known where nothing tells', {}, { type: 'unknown' }],
  ])('is %s', (_, given, owner) => {
    expect(ownerOf(given)).toEqual(owner)
  })

  test('never throws, whatever the metadata is', () => {
    for (const metadata of [null, 'x', [], { labels: [1], annotations: 'x', ownerReferences: {} }])
      expect(ownerOfManifest({ metadata }, [])).toEqual({ type: 'unknown' })
  })
})

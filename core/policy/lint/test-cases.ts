import { describe, expect, test } from 'vitest'
import type { LintRuleName } from './finding'
import { admin, labels, type LintCase, netpol, object, saysOf } from './test-lint'

/** `says`: of the rule alone, as `saysOf` writes it. */
export type Case = readonly [name: string, rule: LintRuleName, asked: LintCase, says: readonly string[]]

export const one = (spec: object): LintCase => ({ objects: [netpol('p', { ...spec })] })
export const every = { ingress: [{}] }
export const toDns = {
  to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ protocol: 'UDP', port: 53 }],
}
export const egress = (...rules: readonly object[]) => one({ policyTypes: ['Egress'], egress: rules })
export const toDb = { to: [{ podSelector: labels('db') }] }
export const block = (cidr: string, ...except: readonly string[]) =>
  one({ ingress: [{ from: [{ ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } }] }] })
export const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })
export const spaces = ['shop', 'batch', 'kube-system'].map((name) => ({
  name,
  labels: { 'kubernetes.io/metadata.name': name },
  annotations: {},
}))
export const split = (namespace: object, pod: object): LintCase => ({
  ...one({ ingress: [{ from: [{ namespaceSelector: namespace }, { podSelector: pod }] }] }),
  model: { namespaces: spaces },
})
export const rules = (name: string, ...ingress: readonly object[]) => admin(name, { ingress })
export const from = { from: [{ namespaces: {} }] }
export const service = {
  namespace: 'shop',
  name: 'db',
  labels: {},
  selector: { app: 'db' },
  clusterIps: ['10.96.0.7'],
  ports: [],
  addresses: [],
}
export const staged = (spec: object) => object('projectcalico.org/v3', 'StagedNetworkPolicy', 'shop/p', { ...spec })
export const calico = (name: string, spec: object) =>
  object('projectcalico.org/v3', 'NetworkPolicy', `shop/${name}`, { ...spec })

/** Tests of a table, rule by rule. */
export function testCases(cases: readonly Case[]): void {
  describe.each([...new Set(cases.map(([, rule]) => rule))])('%s', (rule) => {
    test.each(cases.filter((one) => one[1] === rule))('%s', (_name, _rule, asked, says) => {
      expect(saysOf(rule, asked)).toEqual(says)
    })
  })
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PolicyVerdict } from './decision'
import { evaluate } from './evaluate'
import { policyKinds } from './kinds'
import type { ModelObject } from './model'
import { isFields } from './read'
import { calicoRule } from './test-objects/calico'
import { compiledWith, flow, objectOf, objects, options, specOf } from './test-objects/all'
import { adminRule, clusterRule, networkRule } from './test-objects/kubernetes'

const word = (text: string) => fc.constant(text)
const both = (rule: (side: 'from' | 'to') => fc.Arbitrary<ModelObject>) => ({
  ingress: rule('from'),
  egress: rule('to'),
})
const ofCalico = both(() => calicoRule(word('Allow')))

/** Rules that allow, by the kind that they are written in; Cilium, Istio and Linkerd have tests of their own. */
const allows: Readonly<Record<string, Record<'ingress' | 'egress', fc.Arbitrary<ModelObject>>>> = {
  'networking.k8s.io NetworkPolicy': both(networkRule),
  'policy.networking.k8s.io ClusterNetworkPolicy': both((side) => clusterRule(side, word('Accept'))),
  'policy.networking.k8s.io AdminNetworkPolicy': both((side) => adminRule(side, word('Allow'))),
  'policy.networking.k8s.io BaselineAdminNetworkPolicy': both((side) => adminRule(side, word('Allow'))),
  'projectcalico.org NetworkPolicy': ofCalico,
  'projectcalico.org GlobalNetworkPolicy': ofCalico,
}
const rank: Readonly<Record<PolicyVerdict, number>> = { denied: 0, undefined: 1, allowed: 2 }

/** Said, since a first rule of a direction may else isolate. */
const directions: Readonly<Record<string, ModelObject>> = {
  'networking.k8s.io': { policyTypes: ['Ingress', 'Egress'] },
  'projectcalico.org': { types: ['Ingress', 'Egress'] },
}

test.each(Object.entries(allows))('an allow that is put anywhere into a %s denies nothing', (name, rules) => {
  const kind = policyKinds.find((one) => `${one.group} ${one.kind}` === name)
  if (!kind) throw new Error(name)
  const said = directions[kind.group] ?? {}
  fc.assert(
    fc.property(
      specOf(kind),
      fc
        .constantFrom('ingress' as const, 'egress' as const)
        .chain((side) => rules[side].map((rule) => ({ side, rule }))),
      fc.nat(2),
      objects,
      options,
      flow,
      (spec, { side, rule }, at, more, how, one) => {
        const list = Array.isArray(spec[side]) ? spec[side].filter(isFields) : []
        const make = (own: readonly unknown[]) => objectOf(kind, 'own', 'shop', { ...spec, ...said, [side]: own })
        const judged = (own: readonly unknown[]) => rank[evaluate(compiledWith([...more, make(own)], how), one).verdict]
        expect(judged(list.toSpliced(at, 0, rule))).toBeGreaterThanOrEqual(judged(list))
      },
    ),
    { numRuns: 100 },
  )
})

const linkerd = policyKinds.filter(
  ({ group, kind }) =>
    group === 'policy.linkerd.io' && (kind === 'AuthorizationPolicy' || kind === 'ServerAuthorization'),
)
test.each(linkerd.map((kind) => [kind.kind, kind] as const))(
  'a %s of Linkerd that is added denies nothing',
  (_, kind) => {
    const server = policyKinds.find((one) => one.kind === 'Server')
    if (!server) throw new Error('Server')
    fc.assert(
      fc.property(specOf(kind), specOf(server), objects, options, flow, (spec, port, more, how, one) => {
        const all = [...more, objectOf(server, 'p0', 'shop', port)]
        const judged = (of: readonly ModelObject[]) => rank[evaluate(compiledWith(of, how), one).verdict]
        expect(judged([...all, objectOf(kind, 'own', 'shop', spec)])).toBeGreaterThanOrEqual(judged(all))
      }),
      { numRuns: 100 },
    )
  },
)

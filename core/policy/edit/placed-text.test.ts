import { expect, test } from 'vitest'
import { placedText } from './placed-text'

const text = `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
    name: "dns" # of the platform
spec:
    tier: Admin   # before those of teams
    priority: 10
    later: 1
`
const calico = (version: string) =>
  `apiVersion: ${version}\nkind: GlobalNetworkPolicy\nmetadata:\n  name: a\nspec:\n  selector: all()\n`
const textOf = (edited: ReturnType<typeof placedText>) => ('text' in edited ? edited.text : edited.refused)

test('only the place changes, however the rest is written', () => {
  expect(textOf(placedText(text, { order: 7 }))).toBe(text.replace('priority: 10', 'priority: 7'))
  expect(textOf(placedText(text, { order: 7, tier: 'Baseline' }))).toBe(
    text.replace('priority: 10', 'priority: 7').replace('tier: Admin', 'tier: Baseline'),
  )
})

test.each(['projectcalico.org/v3', 'crd.projectcalico.org/v1'])(
  'an order is given to what has none (%s)',
  (version) => {
    expect(textOf(placedText(calico(version), { order: 5 }))).toBe(
      calico(version).replace('spec:\n', 'spec:\n  order: 5\n'),
    )
  },
)

test('what has no place is refused', () => {
  const plain = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a, namespace: b }\nspec: {}\n'
  expect(placedText(plain, { order: 5 })).toHaveProperty('refused')
  expect(placedText('# nothing\n', { order: 5 })).toHaveProperty('refused')
})

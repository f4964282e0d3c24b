import { expect, test } from 'vitest'
import { compilePolicies } from '../compile'
import type { Flow } from '../decision'
import { evaluate } from '../evaluate'
import { explain } from '../explain'
import type { ModelObject } from '../model'
import { defaultOptions } from '../profile'
import { flowTo, modelOf } from '../test-model'
import { calico, db, web } from './test-calico'

function sentences(objects: readonly ModelObject[], flow: Flow = flowTo(web, db, 80)) {
  const compiled = compilePolicies(modelOf([web, db], objects), defaultOptions)
  return explain(compiled, flow, evaluate(compiled, flow))
}

test('a rule of Calico is told by its policy, peer, ports and place', () => {
  const source = { selector: "tier in {'front', 'back'} && !has(old)" }
  const rule = { action: 'Allow', protocol: 'TCP', source, destination: { ports: [80, '8000:8080'] } }
  expect(sentences([calico('NetworkPolicy', 'shop/np', { selector: "app == 'db'", ingress: [rule] })])).toContain(
    'CalicoNetworkPolicy shop/np allows ingress to shop/db from pods tier in (back, front) and without old in namespace shop on TCP 80 and TCP 8000–8080 (spec.ingress[0]).',
  )
})

test('the end of a tier names the policies that select the pod', () => {
  expect(sentences([calico('GlobalNetworkPolicy', 'closed', { selector: "app == 'db'" })])[1]).toBe(
    'GlobalNetworkPolicy closed selects it for ingress, and no rule of it allows TCP 80 from shop/web.',
  )
})

test('a tier that is not known is named', () => {
  expect(sentences([calico('GlobalNetworkPolicy', 'gnp', { tier: 'lost', selector: 'all()' })]).join(' ')).toContain(
    'the tier lost is not known',
  )
})

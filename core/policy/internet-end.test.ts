import { expect, test } from 'vitest'
import { compilePolicies } from './compile'
import { internetEnd } from './internet-end'
import { defaultOptions } from './profile'
import { modelOf, pod } from './test-model'

const allow = (cidr: string, except: string[] = []) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec: { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr, except } }] }] },
})
const internet = (...objects: object[]) =>
  internetEnd(
    compilePolicies(
      modelOf(
        [pod('shop/web')],
        objects.map((one) => ({ ...one })),
      ),
      defaultOptions,
    ),
  ).address

test('the internet is public and in the widest stretch that policies do not tell apart', () => {
  expect(internet()).toBe('11.0.0.0')
  expect(internet(allow('0.0.0.0/0', ['10.0.0.0/8', '8.8.8.8/32']))).not.toMatch(/^(0|10|127|192\.168|8\.8\.8\.8)/)
  expect(internet(allow('8.0.0.0/5'))).toBe('16.0.0.0')
})

import { expect, test } from 'vitest'
import { roleOf } from './role'

test.each([
  [
    { 'gateway.istio.io/managed': 'istio.io-mesh-controller', 'gateway.networking.k8s.io/gateway-name': 'waypoint' },
    'waypoint',
  ],
  [{ 'gateway.istio.io/managed': 'istio.io-gateway-controller' }, 'gateway'],
  [{ istio: 'ingressgateway' }, 'gateway'],
  [{ istio: 'pilot' }, null],
  [{ app: 'web' }, null],
  [{}, null],
] as const)('%j is %s', (labels, role) => expect(roleOf(labels)).toBe(role))

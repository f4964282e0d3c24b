import { describe, expect, it } from 'vitest'
import { podVersion } from './version'

describe('the version of a pod', () => {
  it.each([
    ['its label', { 'app.kubernetes.io/version': '2.1.0' }, ['shop/cart:9'], '2.1.0'],
    ['the tag of its image', {}, ['registry:5000/shop/cart:1.8.0'], '1.8.0'],
    ['not that of a sidecar', {}, ['docker.io/istio/proxyv2:1.31.0', 'shop/cart:1.8.0'], '1.8.0'],
    ['a digest', {}, ['shop/cart@sha256:0123456789abcdef'], '0123456'],
    ['a port is no tag', {}, ['registry:5000/shop/cart'], ''],
    ['nothing', {}, [], ''],
  ])('is %s', (_, labels, images, expected) => expect(podVersion({ labels, images })).toBe(expected))
})

import { expect, it } from 'vitest'
import { createProxies } from './proxies'
import { noProxy } from './proxy'

const times = { graceMs: 30, blindMs: 40, forgetMs: 600 }
const cart = { ...noProxy, id: 'cart', part: 'shop/cart' }
const gap = { cluster: 'c1', cause: 'node_down', lost: null, part: 'shop/cart' }
const runs = () => true
const isGone = () => false
const nobodyKnows = () => null

/** cart joined at 0, was heard at 100 and left at 1,000. */
function away() {
  const proxies = createProxies('c1', times)
  proxies.joined(cart, 0)
  proxies.heard(cart, 100)
  proxies.left(cart, false, 1_000)
  return proxies
}

it('a short break is a gap from when the connection was last known to live', () => {
  const proxies = away()
  proxies.joined(cart, 1_010)
  expect(proxies.take()).toEqual([{ ...gap, from: 960, to: 1_010 }])
})

it('a proxy that was heard just now has lost nothing before that', () => {
  const proxies = createProxies('c1', times)
  proxies.joined(cart, 0)
  proxies.heard(cart, 990)
  proxies.left(cart, false, 1_000)
  proxies.joined(cart, 1_010)
  expect(proxies.take()).toEqual([{ ...gap, from: 990, to: 1_010 }])
})

it('other streams of the same proxy carry on', () => {
  const proxies = createProxies('c1', times)
  proxies.joined(cart, 0)
  proxies.joined(cart, 0)
  proxies.left(cart, false, 1_000)
  proxies.check(runs, 2_000)
  expect(proxies.take()).toEqual([])
  expect([...proxies.connected()]).toEqual([cart])
})

it('the gap is open while the pod runs on, told once, and ends when the proxy is back', () => {
  const proxies = away()
  proxies.check(runs, 1_010)
  expect(proxies.take()).toEqual([])
  proxies.check(runs, 1_030)
  proxies.check(runs, 1_040)
  expect(proxies.take()).toEqual([{ ...gap, from: 960, to: null }])
  proxies.joined(cart, 1_500)
  expect(proxies.take()).toEqual([{ ...gap, from: 960, to: 1_500 }])
})

it('the gap ends with the pod', () => {
  const proxies = away()
  proxies.check(runs, 1_030)
  proxies.check(isGone, 1_100)
  expect(proxies.take()).toEqual([
    { ...gap, from: 960, to: null },
    { ...gap, from: 960, to: 1_000 },
  ])
  expect(proxies.anyoneAway(9_000)).toBe(false)
})

it('a pod that is gone had nothing more to tell', () => {
  const proxies = away()
  proxies.check(isGone, 1_030)
  proxies.joined(cart, 2_000)
  expect(proxies.take()).toEqual([])
})

it('where nobody knows whether the pod runs, it is waited for and then forgotten', () => {
  const proxies = away()
  proxies.check(nobodyKnows, 1_500)
  expect(proxies.anyoneAway(1_500)).toBe(true)
  proxies.check(nobodyKnows, 1_600)
  expect(proxies.anyoneAway(1_600)).toBe(false)
  expect(proxies.take()).toEqual([])
})

it('a proxy that ended its stream itself is not away', () => {
  const proxies = createProxies('c1', times)
  proxies.joined(cart, 0)
  proxies.left(cart, true, 1_000)
  proxies.joined(cart, 5_000)
  expect(proxies.take()).toEqual([])
})

it('what is open ends when the source stops', () => {
  const proxies = away()
  proxies.check(runs, 1_030)
  expect(proxies.close(3_000)).toEqual([
    { ...gap, from: 960, to: null },
    { ...gap, from: 960, to: 3_000 },
  ])
})

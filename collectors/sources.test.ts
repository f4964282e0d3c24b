import { describe, expect, it } from 'vitest'
import { configuredSources, discoveredSources } from './sources'
import { inventoryOf } from './test-inventory'

describe('configuredSources', () => {
  it('names each instance by its target, the same at every start', () => {
    expect(configuredSources([{ type: 'hubble', address: 'relay:4245' }]).map(({ id }) => id)).toEqual([
      'hubble:relay:4245',
    ])
  })

  it('says every problem of every source at once', () => {
    const configured = [{ type: 'hubble' }, { type: 'hubbel', address: 'a:1' }]
    expect(() => configuredSources(configured)).toThrow(
      /sources\.0 \(hubble\): address[^]*sources\.1 \(hubbel\)[^]*hubble/,
    )
  })
})

describe('discoveredSources', () => {
  it('finds Hubble Relay by its Service', () => {
    const services = [{ namespace: 'kube-system', name: 'hubble-relay', ports: [{ name: '', port: 80 }] }]
    expect(discoveredSources(inventoryOf({ services })).map(({ type }) => type)).toEqual(['hubble'])
    expect(discoveredSources(inventoryOf())).toEqual([])
  })
})

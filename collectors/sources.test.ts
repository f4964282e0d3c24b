import { describe, expect, it } from 'vitest'
import { configuredSources, discoveredSources } from './sources'
import { inventoryOf } from './test-inventory'

describe('configuredSources', () => {
  it('names each instance by its target, the same at every start', () => {
    expect(configuredSources([{ type: 'hubble', address: 'relay:4245' }]).map(({ id }) => id)).toEqual([
      'hubble:relay:4245',
    ])
  })

  it('refuses the same source twice, and says what is missing', () => {
    const twice = [
      { type: 'als', listen: '127.0.0.1:9001' },
      { type: 'als', listen: '127.0.0.1:9001' },
    ]
    expect(() => configuredSources(twice)).toThrow(/sources\.1 \(als\): it is the same as sources\.0/)
    expect(() => configuredSources([{ type: 'goldmane' }])).toThrow(/address: is missing/)
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

import { describe, expect, it } from 'vitest'
import { base, pod, read, readOne } from './test-rules'

describe('ends', () => {
  it('the same end is the same object', () => {
    const [one, two] = read(base, { ...base, uuid: 'x' })
    expect(one?.from).toBe(two?.from)
  })

  it('hosts have the node’s name, services and DNS names are kept, a foreign cluster is named', () => {
    const o = readOne({
      node_name: 'east/n1',
      source: { identity: 1, labels: ['reserved:host'] },
      destination: { ...pod('b'), cluster_name: 'west' },
      destination_service: { name: 'b', namespace: 'shop' },
      destination_names: ['b.example.com.'],
    })
    expect(o.from).toMatchObject({ reserved: 'host', node: 'n1' })
    expect(o.to).toMatchObject({ cluster: 'west', service: { name: 'b', namespace: 'shop' }, names: ['b.example.com'] })
    expect(
      readOne({ node_name: 'east/n1', destination: { ...pod('b'), cluster_name: 'east' } }).to.cluster,
    ).toBeUndefined()
  })

  it.each([
    [{ identity: 2 }, 'world'],
    [{ identity: 7, labels: ['reserved:remote-node', 'reserved:kube-apiserver'] }, 'kube-apiserver'],
    [{ identity: 9, labels: ['reserved:world-ipv4'] }, 'world'],
    [{ identity: 2, labels: ['reserved:world'], pod_name: 'p', namespace: 'n' }, undefined],
  ])('reserved identity of %j', (destination, reserved) => {
    expect(readOne({ destination }).to.reserved).toBe(reserved)
  })
})

import { describe, expect, it } from 'vitest'
import { startProxy } from './test-network'
import { inventoryOf, type ReadOptions } from './test-reading'
import { cart, first, listening, until } from './testing-source'

const { cleanedUp, read, sender } = listening()

describe('a proxy whose stream breaks off', () => {
  const connected = async (options?: ReadOptions, port?: number) => {
    const reading = read(options)
    const own = await reading.port
    const one = sender(port ?? own)
    await one.send(first)
    await until(() => reading.observed().length === 1)
    return { reading, one, port: own }
  }

  it('was away until it is back', async () => {
    const { reading, one, port } = await connected()
    one.cancel()
    await until(() => reading.facts()['proxies connected'] === 0)
    await sender(port).send(first)
    await until(() => reading.gaps().length > 0)
    const [gap] = reading.gaps()
    expect(gap).toMatchObject({ cluster: 'c1', cause: 'node_down', part: cart, lost: null })
    expect(gap?.to ?? 0).toBeGreaterThanOrEqual(gap?.from ?? Number.NaN)
  })

  it('is away as long as its pod runs without it', async () => {
    const pods = new Set([cart])
    const { reading, one } = await connected({ inventory: inventoryOf(pods) })
    one.cancel()
    await until(() => reading.gaps().length === 1)
    expect(reading.gaps()[0]).toMatchObject({ part: cart, to: null })
    pods.clear()
    await until(() => reading.gaps().length === 2)
    expect(reading.gaps()[1]).toMatchObject({ part: cart, from: reading.gaps()[0]?.from })
    expect(reading.gaps()[1]?.to).not.toBeNull()
  })

  it('has nothing more to tell when its pod is gone', async () => {
    const { reading, one } = await connected({ inventory: inventoryOf(new Set()) })
    one.cancel()
    await until(() => reading.facts()['proxies connected'] === 0)
    reading.stop()
    await reading.done
    expect(reading.gaps()).toEqual([])
  })

  it('is noticed on a connection that is dead without a word', async () => {
    const reading = read({ changed: { keepaliveMs: 200, keepaliveTimeoutMs: 200 } })
    const proxy = cleanedUp(await startProxy(await reading.port))
    const one = sender(proxy.port)
    await one.send(first)
    await until(() => reading.facts()['proxies connected'] === 1)
    proxy.freeze()
    await until(() => reading.facts()['proxies connected'] === 0)
  })

  it('leaves no gap open when the source stops', async () => {
    const { reading, one } = await connected({ inventory: inventoryOf(new Set([cart])) })
    one.cancel()
    await until(() => reading.gaps().length === 1)
    reading.stop()
    await reading.done
    expect(reading.gaps()).toHaveLength(2)
    expect(reading.gaps()[1]?.to).not.toBeNull()
  })
})

import { afterEach, expect } from 'vitest'
import { encodeMessage } from './test-encode'
import { startSender } from './test-network'
import { type ReadOptions, startReading } from './test-reading'
import { cartNode, http, inbound } from './test-samples'

export const first = encodeMessage(http(cartNode, inbound))
export const next = (id: string) => encodeMessage(http(null, { ...inbound, stream_id: id }))
export const cart = 'shop/cart-6f9c8d7b5-x2v4q'
export const until = (check: () => boolean) => expect.poll(check, { timeout: 20_000, interval: 10 }).toBe(true)

/** For tests: readings and senders that are stopped after each test. Call it at the top of a file. */
export function listening() {
  const cleanups: (() => void)[] = []
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup()
  })
  const cleanedUp = <T extends { stop(): void }>(thing: T): T => {
    cleanups.push(() => thing.stop())
    return thing
  }
  return {
    cleanups,
    cleanedUp,
    read: (options?: ReadOptions) => cleanedUp(startReading(options)),
    sender: (...args: Parameters<typeof startSender>) => cleanedUp(startSender(...args)),
  }
}

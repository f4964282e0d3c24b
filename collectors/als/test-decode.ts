import { expect } from 'vitest'
import type { FlowObservation, RequestObservation } from '@/core/observation'
import { type Decoded, createDecoder, newIdentity } from './decode'
import { encodeMessage } from './test-encode'

/** For tests: what the messages of one stream give. */
export function decode(...messages: object[]): Decoded {
  const decoder = createDecoder('c1')
  const identity = newIdentity()
  const into: Decoded = { observations: [], malformed: 0, intermediate: 0 }
  for (const message of messages) decoder.decode(encodeMessage(message), identity, into)
  return into
}

type Either = Omit<RequestObservation, 'type'> & Omit<FlowObservation, 'type'> & { readonly type: 'request' | 'flow' }

/** The one observation of a message, whichever type it has. */
export function one(message: object): Either {
  const { observations, malformed } = decode(message)
  expect(malformed).toBe(0)
  expect(observations).toHaveLength(1)
  return observations[0] as Either
}

export const without = (object: object, ...names: string[]): object =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

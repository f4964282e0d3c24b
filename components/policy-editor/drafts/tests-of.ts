import { portProtocols } from '@/core/policy/ports'
import type { DraftTest } from '@/core/policy/what-if/answer'

/** The tests of a saved draft; what is none is left out. */
export const testsOf = (saved: readonly unknown[]): readonly DraftTest[] => saved.flatMap((one) => testOf(one) ?? [])

function testOf(value: unknown): DraftTest | null {
  if (typeof value !== 'object' || value === null) return null
  const of = (name: string): unknown => Reflect.get(value, name)
  const [from, to, port, expect] = [of('from'), of('to'), of('port'), of('expect')]
  const protocol = portProtocols.find((one) => one === of('protocol'))
  if (typeof from !== 'string' || typeof to !== 'string' || !protocol) return null
  if (port !== null && typeof port !== 'number') return null
  return expect === 'allowed' || expect === 'denied' ? { from, to, protocol, port, expect } : null
}

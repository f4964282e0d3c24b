import { describe, expect, it } from 'vitest'
import { base, readOne } from './test-rules'

describe('verdict', () => {
  it.each([
    [{ verdict: 'REDIRECTED' }, 'allowed', ''],
    [{ verdict: 'TRACED' }, 'allowed', ''],
    [{ verdict: 'DROPPED', drop_reason_desc: 'POLICY_DENY' }, 'denied', 'POLICY_DENY'],
    [{ verdict: 'DROPPED', drop_reason: 133 }, 'denied', 'POLICY_DENIED'],
    [{ verdict: 'DROPPED', drop_reason: 195 }, 'denied', 'UNENCRYPTED_TRAFFIC'],
    [{ verdict: 'DROPPED', drop_reason_desc: 'SERVICE_BACKEND_NOT_FOUND' }, 'error', 'SERVICE_BACKEND_NOT_FOUND'],
    [{ verdict: 'DROPPED', drop_reason: 255 }, 'error', '255'],
    [{ verdict: 'DROPPED', event_type: { type: 5 } }, 'denied', 'DROPPED'],
    [{ verdict: 'AUDIT', event_type: { type: 5 } }, 'audited', ''],
    [{ verdict: 'ERROR' }, 'error', 'ERROR'],
    [{ verdict: 42 }, 'unknown', '42'],
    [{ verdict: undefined }, 'unknown', ''],
  ])('%j', (changes, verdict, reason) => {
    expect(readOne(changes)).toMatchObject({ verdict, reason })
  })
})

describe('encryption', () => {
  it.each([
    [{}, 'unknown'],
    [{ IP: { ...base.IP, encrypted: true } }, 'tunnel'],
    [{ trace_observation_point: 'TO_CRYPTO' }, 'tunnel'],
    [{ l4: { UDP: { source_port: 51871, destination_port: 51871 } } }, 'wireguard'],
    [{ l4: { TCP: { source_port: 40000, destination_port: 15008 } } }, 'mtls'],
  ])('%j', (changes, encryption) => {
    expect(readOne(changes).encryption).toBe(encryption)
  })
})

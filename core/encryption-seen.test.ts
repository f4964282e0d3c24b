import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encryptionOf, mergedEncryption } from './encryption-seen'
import { encryptionEvidences, type EncryptionEvidence } from './verdict'
import { flows } from './world-fixture'

const seen = (source: string, encryption: EncryptionEvidence, n = 1) => flows(n, { source, encryption })

describe('encryptionOf', () => {
  it.each([
    ['nobody', [], 'unknown'],
    ['no evidence', [seen('hubble', 'unknown')], 'unknown'],
    ['mTLS by a proxy', [seen('istio', 'mtls'), seen('hubble', 'unknown')], 'mtls'],
    ['the stronger of two', [seen('istio', 'tls'), seen('istio', 'mtls')], 'mtls'],
    ['both by one view', [seen('istio', 'mtls'), seen('istio', 'plaintext')], 'mixed'],
    ['both by two proxies', [seen('istio', 'mtls'), seen('als', 'plaintext')], 'mixed'],
    ['plaintext in a tunnel', [seen('istio', 'plaintext'), seen('hubble', 'wireguard')], 'wireguard'],
    ['plaintext alone', [seen('istio', 'plaintext'), seen('hubble', 'unknown')], 'plaintext'],
    ['a row that counted nothing', [seen('istio', 'plaintext', 0)], 'unknown'],
  ] as const)('%s: %s', (_what, rows, encryption) => expect(encryptionOf(rows)).toBe(encryption))

  it('says plaintext only where somebody saw it, and does not depend on the order', () => {
    const row = fc.record({
      source: fc.constantFrom('hubble', 'istio', 'als', 'otlp'),
      encryption: fc.constantFrom(...encryptionEvidences),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (parts) => {
        const rows = parts.map(({ source, encryption }) => seen(source, encryption))
        const said = encryptionOf(rows)
        expect(encryptionOf(rows.toReversed())).toBe(said)
        if (said === 'plaintext' || said === 'mixed')
          expect(parts.map((each) => each.encryption)).toContain('plaintext')
      }),
    )
  })
})

describe('mergedEncryption', () => {
  it.each([
    [['mtls', 'plaintext'], 'mixed'],
    [['mtls', 'unknown'], 'mtls'],
    [['plaintext', 'unknown'], 'plaintext'],
    [['mtls', 'mixed'], 'mixed'],
    [[], 'unknown'],
  ] as const)('traffic side by side: %j is %s', (each, all) => expect(mergedEncryption(each, 'all')).toBe(all))
})

import { describe, expect, it } from 'vitest'
import { evidenceShares } from './encryption-evidence'
import { flows, http } from './world-fixture'

const istio = (
  encryption: 'mtls' | 'plaintext' | 'unknown',
  n: number,
  reporter: 'source' | 'destination' = 'destination',
) => http(n, 0, null, { source: 'prometheus:istio', encryption, reporter })

describe('evidence about encryption', () => {
  it.each([
    ['none', [flows(10)], []],
    ['all by one proxy', [istio('mtls', 10)], [{ evidence: 'mtls', share: 1 }]],
    [
      'a reporter without evidence does not thin it',
      [istio('mtls', 10), istio('unknown', 10, 'source')],
      [{ evidence: 'mtls', share: 1 }],
    ],
    [
      'a part',
      [istio('mtls', 9), istio('plaintext', 1)],
      [
        { evidence: 'mtls', share: 0.9 },
        { evidence: 'plaintext', share: 0.1 },
      ],
    ],
    [
      'two layers hold together',
      [istio('mtls', 10), flows(20, { encryption: 'wireguard' })],
      [
        { evidence: 'mtls', share: 1 },
        { evidence: 'wireguard', share: 1 },
      ],
    ],
    [
      'the network sees plaintext, the proxy mTLS',
      [istio('mtls', 10), flows(20, { encryption: 'plaintext' })],
      [{ evidence: 'mtls', share: 1 }],
    ],
    ['plaintext alone', [flows(20, { encryption: 'plaintext' })], [{ evidence: 'plaintext', share: 1 }]],
    ['nothing counted is no evidence', [istio('mtls', 0)], []],
  ] as const)('%s', (_, rows, expected) => expect(evidenceShares(rows)).toEqual(expected))
})

import { expect, test } from 'vitest'
import { encryptedShare } from './encrypted-share'
import type { EncryptionEvidence } from './verdict'
import { flows } from './world-fixture'

const edge = (weight: number, ...seen: EncryptionEvidence[]) => ({
  weight,
  rows: seen.map((encryption) => flows(1, { encryption })),
})

test.each([
  ['nothing', [], null],
  ['no evidence', [edge(9, 'unknown')], null],
  ['all of what is known', [edge(9, 'mtls'), edge(50, 'unknown')], 1],
  ['a part', [edge(30, 'wireguard'), edge(10, 'plaintext')], 0.75],
  ['half of what is both', [edge(10, 'mtls', 'plaintext')], 0.5],
])('%s', (_, edges, share) => expect(encryptedShare(edges)).toBe(share))

import { expect, it } from 'vitest'
import { leavesOf, shownValue } from './configuration'

const canary = 'c4n4ryc4n4ryc4n4ry'
const config = {
  web: { port: 3000, hosts: ['a.example', 'b.example'] },
  auth: { providers: [{ id: 'corp', clientSecret: canary, clientSecretFile: '/etc/oriel/secret' }] },
  database: { url: `postgres://oriel:${canary}@db/oriel`, max: undefined },
  sources: [{ type: 'prometheus', headers: { Authorization: `Basic ${canary}1=` } }],
}

it('tells each setting by its path, and no secret of any', () => {
  const shown = leavesOf(config).map((leaf) => `${leaf.path} ${shownValue(leaf)}${leaf.secret ? ' (secret)' : ''}`)
  expect(shown).toEqual([
    'web.port 3000',
    'web.hosts ["a.example","b.example"]',
    'auth.providers[0].id "corp"',
    'auth.providers[0].clientSecret [redacted] (secret)',
    'auth.providers[0].clientSecretFile "/etc/oriel/secret"',
    'database.url "postgres://oriel:[redacted]@db/oriel" (secret)',
    'sources[0].type "prometheus"',
    'sources[0].headers.Authorization [redacted] (secret)',
  ])
})

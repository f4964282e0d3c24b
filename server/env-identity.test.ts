import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from './env'

const file = join(mkdtempSync(join(tmpdir(), 'oriel-identity-')), 'config.json')
const kubernetes = (settings: object, more: object = {}) => {
  writeFileSync(file, JSON.stringify({ kubernetes: settings, ...more }))
  return readConfig({ ORIEL_CONFIG: file }).kubernetes
}
const provider = (id: string) => ({ id, issuer: `https://${id}.example`, clientId: 'oriel', groupsPrefix: `${id}:` })
const two = { auth: { providers: [provider('a'), provider('b')] } }

describe('identities in clusters', () => {
  it('have a prefix by default', () =>
    expect(kubernetes({})).toMatchObject({ userPrefix: 'oidc:', groupsPrefix: 'oidc:' }))

  it.each([
    { userPrefix: '' },
    { groupsPrefix: '' },
    { userPrefix: 'system:' },
    { groupsPrefix: 'System:serviceaccounts:' },
    { userPrefix: 'a b' },
    { sharedUser: 'system:admin' },
    { sharedUser: '' },
  ])('are refused as %j', (settings) => expect(() => kubernetes(settings)).toThrow(/kubernetes\.\w+:/))

  it('tell providers apart', () => {
    expect(() => kubernetes({}, two)).toThrow(/kubernetes\.userPrefix: .*\{provider\}/)
    expect(kubernetes({ userPrefix: 'oidc:{provider}:' }, two).userPrefix).toBe('oidc:{provider}:')
    expect(kubernetes({ sharedUser: 'oriel:people' }, two).sharedUser).toBe('oriel:people')
  })
})

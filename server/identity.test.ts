import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { localIssuer } from '@/core/access/account'
import { actedAs, sameIdentity } from './identity'

const file = join(mkdtempSync(join(tmpdir(), 'oriel-identity-')), 'config.json')
const provider = (id: string) => ({ id, issuer: `https://${id}.example`, clientId: 'oriel', groupsPrefix: `${id}/` })

beforeAll(() => {
  const kubernetes = { userPrefix: 'oidc:{provider}:' }
  const auth = { providers: [provider('main'), provider('guests')], roles: { viewer: ['main/staff'] } }
  const teams = [{ name: 'shop', namespaces: ['shop'], editors: ['main/shop'] }]
  writeFileSync(file, JSON.stringify({ kubernetes, auth, teams }))
  process.env.ORIEL_CONFIG = file
})

const account = (issuer: string, subject: string, groups: string[] = []) => ({
  id: 1,
  issuer,
  subject,
  name: 'x',
  groups,
})

it('is of who logged in, with the groups that have rights here', async () => {
  const groups = ['main/shop', 'main/staff', 'main/everybody', 'system:masters']
  expect(await actedAs(account('https://main.example', 'alice', groups))).toEqual({
    as: { user: 'oidc:main:alice', groups: ['oidc:main/shop', 'oidc:main/staff'] },
  })
  expect(await actedAs(account('https://guests.example', 'alice'))).toEqual({
    as: { user: 'oidc:guests:alice', groups: [] },
  })
})

it('is nobody, and never the console’s own account, for who has no name in clusters', async () => {
  for (const one of [account('https://gone.example', 'alice'), account('https://main.example', 'system:admin')])
    expect(await actedAs(one)).toEqual({ off: expect.stringMatching(/^(The provider|Your name)/) })
})

it('is nobody for the local administrator until somebody is named', async () => {
  const off = { off: expect.stringContaining('Changing policies is turned off') }
  expect(await actedAs(account(localIssuer, 'admin'))).toEqual(off)
  expect(sameIdentity(null)).toEqual(off)
  expect(sameIdentity({ user: 'alice', groups: [] })).toEqual({ as: { user: 'alice', groups: [] } })
})

import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { checkStateIsThere } from './known-state'
import { printLoginLink } from './login-link'

const dir = mkdtempSync(join(tmpdir(), 'oriel-state-'))
const none = join(dir, 'typo')
const own = { url: undefined, connections: 8 }

it('a folder without an Oriel is said to be one, with how to give another', () =>
  expect(() => checkStateIsThere({ stateDir: none, database: own })).toThrow(
    /^There is no Oriel in .*typo\. Give the state folder .*--state-dir/,
  ))

it('a login link for such a folder makes nothing', async () => {
  vi.stubEnv('DATABASE_URL', '')
  vi.stubEnv('ORIEL_DATABASE_URL', '')
  await expect(printLoginLink({ stateDir: none })).rejects.toThrow(/There is no Oriel in/)
  expect(existsSync(none)).toBe(false)
})

it('what was started before, or has a PostgreSQL of its own, is taken', () => {
  mkdirSync(join(dir, 'postgres'))
  checkStateIsThere({ stateDir: dir, database: own })
  checkStateIsThere({ stateDir: none, database: { ...own, url: 'postgres://db.example/oriel' } })
})

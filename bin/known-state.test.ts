import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { deleteRecording, importFiles, listRecordings } from './import'
import { checkStateIsThere, sayWhereNew } from './known-state'
import { printLoginLink } from './login-link'
import { createToken, listTokens } from './token'

vi.mock(import('./database'), () => ({
  openDatabase: async () => {
    throw new Error('opened')
  },
}))

const dir = mkdtempSync(join(tmpdir(), 'oriel-state-'))
const none = join(dir, 'typo')
const known = join(dir, 'known')
const own = { url: undefined, connections: 8 }

beforeAll(() => {
  mkdirSync(join(known, 'postgres'), { recursive: true })
  vi.stubEnv('DATABASE_URL', '')
  vi.stubEnv('ORIEL_DATABASE_URL', '')
})

afterEach(() => vi.restoreAllMocks())

it('a folder without an Oriel is said to be one, with how to give another', () =>
  expect(() => checkStateIsThere({ stateDir: none, database: own })).toThrow(
    /^There is no Oriel in .*typo\. Give the state folder .*--state-dir/,
  ))

it.each<[string, () => Promise<void>]>([
  ['a login link', () => printLoginLink({ stateDir: none })],
  ['a list of tokens', () => listTokens({ stateDir: none })],
  ['a list of recordings', () => listRecordings({ stateDir: none })],
  ['a deletion of a recording', () => deleteRecording('a', { stateDir: none })],
])('%s for such a folder makes nothing', async (_, command) => {
  await expect(command()).rejects.toThrow(/There is no Oriel in/)
  expect(existsSync(none)).toBe(false)
})

it.each<[string, (stateDir: string) => Promise<void>]>([
  ['a token', (stateDir) => createToken({ stateDir, name: 'ci', role: 'viewer', days: '1' })],
  ['an import', (stateDir) => importFiles('hubble', ['-'], { stateDir, cluster: 'c' })],
])('%s for such a folder says that it makes a new one, and where', async (_, command) => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  await expect(command(none)).rejects.toThrow('opened')
  expect(said.mock.calls.flat()).toEqual([expect.stringMatching(/^There is no Oriel in .*typo yet: a new one is made/)])
})

it('what was started before, or has a PostgreSQL of its own, is taken', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  sayWhereNew({ stateDir: known, database: own })
  expect(said).not.toHaveBeenCalled()
  checkStateIsThere({ stateDir: known, database: own })
  checkStateIsThere({ stateDir: none, database: { ...own, url: 'postgres://db.example/oriel' } })
})

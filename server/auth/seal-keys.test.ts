import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadSealKeys } from './seal-keys'

let stateDir = ''
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'oriel-secret-'))
})
afterEach(() => rmSync(stateDir, { recursive: true }))

it('makes a secret that is its own, keeps it, and lets nobody else read it', () => {
  const first = loadSealKeys({ stateDir, auth: {} })
  expect(loadSealKeys({ stateDir, auth: {} })).toEqual(first)
  expect(statSync(join(stateDir, 'secret')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(stateDir, 'secret'), 'utf8').trim().length).toBe(64)
  const other = mkdtempSync(join(tmpdir(), 'oriel-secret-'))
  expect(loadSealKeys({ stateDir: other, auth: {} })).not.toEqual(first)
  rmSync(other, { recursive: true })
})

it('takes that of a file, where the first line seals and the others still open', () => {
  const secretFile = join(stateDir, 'given')
  const [next, before] = ['n'.repeat(32), 'b'.repeat(32)]
  writeFileSync(secretFile, `${before}\n`)
  const [old] = loadSealKeys({ stateDir, auth: { secretFile } })
  writeFileSync(secretFile, `${next}\n${before}\n`)
  const keys = loadSealKeys({ stateDir, auth: { secretFile } })
  expect(keys).toHaveLength(2)
  expect(keys[1]).toEqual(old)
})

it.each([['short'], [''], ['x'.repeat(31)], [`${'x'.repeat(32)}\nshort`]])('refuses %j', (secret) => {
  expect(() => loadSealKeys({ stateDir, auth: { secret } })).toThrow(/at least 32 bytes/)
})

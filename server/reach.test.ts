import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readConfig } from './env'
import { checkReach } from './reach'

const dir = mkdtempSync(join(tmpdir(), 'oriel-reach-'))
afterAll(() => rmSync(dir, { recursive: true }))

const password = join(dir, 'password')
const shortOne = join(dir, 'short')
writeFileSync(password, 'sixteen letters!\n')
writeFileSync(shortOne, 'fifteen letters\n')

const configOf = (yaml: string) => {
  const path = join(dir, 'oriel.yaml')
  writeFileSync(path, yaml)
  return readConfig({ ORIEL_CONFIG: path })
}
const url = 'https://oriel.example.org'

it.each([
  [''],
  ['web: { host: localhost }'],
  ['web: { host: "::1" }'],
  ['web: { hosts: [localhost], url: "http://localhost:3000" }'],
  [`web: { host: 0.0.0.0, url: "${url}" }\nauth: { adminPasswordFile: ${password} }`],
  [
    `web: { host: 0.0.0.0, url: "http://oriel.example.org" }\nauth: { adminPasswordFile: ${password}, allowHttp: true }`,
  ],
])('may be served: %s', (yaml) => {
  expect(() => checkReach(configOf(yaml))).not.toThrow()
})

it.each<[yaml: string, ...says: string[]]>([
  ['web: { host: 0.0.0.0 }', 'web.host is 0.0.0.0', 'auth.providers', 'auth.adminPasswordFile', 'web.url: set it'],
  ['web: { host: "::" }', 'web.host is ::', 'auth.providers'],
  ['web: { hosts: [oriel.example.org] }', 'web.hosts names oriel.example.org', 'auth.providers'],
  [`web: { url: "${url}" }`, `web.url is ${url}`, 'auth.providers'],
  [`web: { host: 0.0.0.0 }\nauth: { adminPasswordFile: ${password} }`, 'web.url: set it'],
  [
    `web: { host: 0.0.0.0, url: "http://oriel.example.org" }\nauth: { adminPasswordFile: ${password} }`,
    'web.url: over http',
    'auth.allowHttp',
  ],
  [`auth: { adminPasswordFile: ${shortOne} }`, 'has 15 characters; it needs 16'],
  [`auth: { adminPasswordFile: ${join(dir, 'nowhere')} }`, 'auth.adminPasswordFile: ENOENT'],
])('is not served, and says what to set: %s', (yaml, ...says) => {
  const config = configOf(yaml)
  for (const text of says) expect(() => checkReach(config)).toThrow(text)
})

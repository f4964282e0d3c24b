import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { methodsOf } from './api-methods'
import { apiPaths } from './api-paths'

const root = fileURLToPath(new URL('../../app/', import.meta.url))
/** They answer every method by themselves, or only reading. */
const others = new Set(['api/[[...path]]', 'healthz', 'readyz'])

it('knows every route with the methods that it answers (else: npx tsx bin/write-openapi.ts)', () => {
  const routes = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts'))
    .map((file) => file.replace(/\/route\.ts$/, ''))
    .filter((folder) => !others.has(folder))
  expect(routes.length).toBeGreaterThan(apiPaths.length)
  for (const folder of routes) {
    const text = readFileSync(`${root}${folder}/route.ts`, 'utf8')
    const methods = [...text.matchAll(/export const ([A-Z]+)\b/g)].flatMap(([, one = '']) => one)
    const reading = methods.includes('GET') ? ['GET', 'HEAD'] : []
    const path = `/${folder.replaceAll(/\[\w+\]/g, 'x')}`
    expect(methodsOf(path)?.toSorted(), path).toEqual([...new Set([...methods, ...reading, 'OPTIONS'])].sort())
  }
  const folders = new Set(routes)
  const written = (line: string) => `api/v1/${line.split(' ')[0]}`.replaceAll('{', '[').replaceAll('}', ']')
  expect(apiPaths.map(written).filter((path) => !folders.has(path))).toEqual([])
})

it.each([
  ['/api/v1/map', 'GET HEAD OPTIONS'],
  ['/api/v1/map/', 'GET HEAD OPTIONS'],
  ['/api/v1/audit/export', 'GET HEAD OPTIONS'],
  ['/api/v1/policies/apply', 'POST OPTIONS'],
  ['/api/v1/policies/drafts/12', 'DELETE GET HEAD OPTIONS PUT'],
  ['/api/v1/policies/drafts/12/none', undefined],
  ['/api/v1/none', undefined],
  ['/', undefined],
  ['/login', undefined],
  ['/login/begin/acme', 'GET HEAD OPTIONS'],
  ['/login/local', 'POST OPTIONS'],
  ['/logout', 'POST OPTIONS'],
])('%s takes %s', (path, methods) =>
  expect(methodsOf(path)?.toSorted().join(' ')).toBe(methods?.split(' ').sort().join(' ')),
)

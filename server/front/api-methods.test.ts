import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { methodsOf } from './api-methods'
import { apiPaths } from './api-paths'

const root = fileURLToPath(new URL('../../app/api/v1/', import.meta.url))

it('knows every route with the methods that it answers (else: npx tsx bin/write-openapi.ts)', () => {
  const routes = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('route.ts'))
  const lines = routes.map((file) => {
    const methods = [...readFileSync(`${root}${file}`, 'utf8').matchAll(/export const ([A-Z]+)\b/g)].map(
      ([, one]) => one,
    )
    const path = file
      .replace(/\/route\.ts$/, '')
      .replaceAll('[', '{')
      .replaceAll(']', '}')
    return [path, ...methods.sort()].join(' ')
  })
  const known = apiPaths.map((line) => {
    const [path, ...methods] = line.split(' ')
    return [path, ...methods.sort()].join(' ')
  })
  expect(known.sort()).toEqual(lines.sort())
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
])('%s takes %s', (path, methods) =>
  expect(methodsOf(path)?.toSorted().join(' ')).toBe(methods?.split(' ').sort().join(' ')),
)

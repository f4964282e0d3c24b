import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { neededMigrations } from '@/server/db/read-missing-migrations'
import { openapi, openapiText } from './openapi'
import { changes } from './changes/all'
import { streams, views } from './views/all'

const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url))

describe('the OpenAPI document', () => {
  it('is the one in docs (else: npx tsx bin/write-openapi.ts)', () => {
    expect(JSON.parse(readFileSync(path('docs/api/openapi.json'), 'utf8'))).toEqual(
      JSON.parse(openapiText(views, changes, streams)),
    )
  })

  it('has every view, and every view a route that answers it', () => {
    const { paths } = openapi(views, changes, streams) as { paths: Record<string, unknown> }
    for (const view of views) {
      expect(paths).toHaveProperty([`/${view.path}`])
      const file = path(`app/api/v1/${view.path.replaceAll('{', '[').replaceAll('}', ']')}/route.ts`)
      expect(existsSync(file), file).toBe(true)
      expect(readFileSync(file, 'utf8')).toContain(`route(${view.name}View`)
    }
  })

  it('has every stream, and every stream a route that writes it', () => {
    const { paths } = openapi(views, changes, streams) as { paths: Record<string, unknown> }
    for (const stream of streams) {
      expect(paths).toHaveProperty([`/${stream.path}`])
      const file = path(`app/api/v1/${stream.path}/route.ts`)
      expect(readFileSync(file, 'utf8')).toContain(`streamRoute(${stream.name}Stream`)
    }
  })

  it('has every change, and every change a route that does it', () => {
    const { paths } = openapi(views, changes, streams) as { paths: Record<string, unknown> }
    for (const { path: at, method, name } of changes) {
      expect(paths).toHaveProperty([`/${at}`, method.toLowerCase()])
      const file = path(`app/api/v1/${at.replaceAll('{', '[').replaceAll('}', ']')}/route.ts`)
      expect(existsSync(file), file).toBe(true)
      expect(readFileSync(file, 'utf8')).toContain(`export const ${method} = changeRoute(${name}`)
    }
  })

  it('describes every parameter', () => {
    const document = openapi(views, changes, streams) as {
      paths: Record<string, Record<string, { parameters?: { name: string; description: string }[] }>>
    }
    for (const operation of Object.values(document.paths).flatMap(Object.values)) {
      for (const { name, description } of operation.parameters ?? []) expect(description, name).not.toBe('')
    }
  })
})

describe('the migrations that readiness asks for', () => {
  it('are all that there are', () => {
    const there = readdirSync(path('prisma/migrations'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect([...neededMigrations]).toEqual(there.map((entry) => entry.name).sort())
  })
})

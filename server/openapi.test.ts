import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { neededMigrations } from '@/server/db/read-missing-migrations'
import { openapi, openapiText } from './openapi'
import { views } from './views/all'

const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url))

describe('the OpenAPI document', () => {
  it('is the one in docs (else: npx tsx bin/write-openapi.ts)', () => {
    expect(JSON.parse(readFileSync(path('docs/api/openapi.json'), 'utf8'))).toEqual(JSON.parse(openapiText(views)))
  })

  it('has every view, and every view a route that answers it', () => {
    const { paths } = openapi(views) as { paths: Record<string, unknown> }
    for (const view of views) {
      expect(paths).toHaveProperty([`/${view.path}`])
      const file = path(`app/api/v1/${view.path.replaceAll('{', '[').replaceAll('}', ']')}/route.ts`)
      expect(existsSync(file), file).toBe(true)
      expect(readFileSync(file, 'utf8')).toContain(`route(${view.name}View`)
    }
  })

  it('describes every parameter', () => {
    const document = openapi(views) as {
      paths: Record<string, { get: { parameters?: { name: string; description: string }[] } }>
    }
    for (const { get } of Object.values(document.paths)) {
      for (const { name, description } of get.parameters ?? []) expect(description, name).not.toBe('')
    }
  })
})

describe('the migrations that readiness asks for', () => {
  it('are all that there are', () => {
    const there = readdirSync(path('prisma/migrations'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect([...neededMigrations]).toEqual(there.map((entry) => entry.name).sort())
  })
})

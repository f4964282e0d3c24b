import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sourceTypes } from '@/collectors/sources'
import { wholeSchema } from './config'
import { sourceGuide } from './source-guide'

const fieldsOf = (config: z.ZodType) =>
  Object.entries(z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }).properties ?? {})

describe.each(sourceTypes().map(({ type, config }) => ({ type, config })))('the source $type', ({ config }) => {
  it('says of every field what it is for', () => {
    for (const [name, schema] of fieldsOf(config))
      expect(typeof schema === 'object' ? schema.description : '', name).toMatch(/.{10,}\.$/)
  })
})

it('docs/sources.md is what the schemas say', () => {
  expect(readFileSync('docs/sources.md', 'utf8')).toBe(sourceGuide())
})

it('the schema names the fields of each type of source', () => {
  const parsed = z
    .object({ properties: z.object({ sources: z.object({ items: z.object({ anyOf: z.array(z.any()) }) }) }) })
    .parse(wholeSchema())
  const types = parsed.properties.sources.items.anyOf.map(
    (source: { properties: { type: { const: string } } }) => source.properties.type.const,
  )
  expect(types).toEqual(sourceTypes().map(({ type }) => type))
})

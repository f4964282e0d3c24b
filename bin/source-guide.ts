import { z } from 'zod'
import { sourceTypes } from '@/collectors/sources'

/** docs/sources.md: every field of every type of source, from the schemas that check them. */
export function sourceGuide(): string {
  const parts = sourceTypes().map(({ type, title, config }) => {
    const schema = z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' })
    return `## ${type}\n\n${title}.\n\n| Field | |\n|---|---|\n${fieldsOf(schema, '').join('\n')}\n`
  })
  return `${head}\n${parts.join('\n')}`
}

const head = `# Sources

What can be configured of each type of source, as entries of \`sources\` in the configuration file ([configuration.md](configuration.md)). The Sources page of the console shows how to set up the other side. This page is written from the schemas by \`node --import tsx bin/write-source-guide.ts\`.
`

type Schema = z.core.JSONSchema.BaseSchema

/** A row a field; fields of fields are named with a dot. */
function fieldsOf(schema: Schema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field === 'boolean') return []
    const needed = schema.required?.includes(name) && prefix === '' ? ' (needed)' : ''
    const standard = field.default === undefined ? '' : ` Default: \`${JSON.stringify(field.default)}\`.`
    const row = `| \`${prefix}${name}\`${needed} | ${field.description ?? ''}${standard} |`
    const inner =
      field.type === 'array' && typeof field.items === 'object' && !Array.isArray(field.items) ? field.items : field
    return [row, ...fieldsOf(inner, `${prefix}${name}.`)]
  })
}

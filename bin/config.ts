import { z } from 'zod'
import { sourceTypes } from '@/collectors/sources'
import { configSchema } from '@/server/env'
import { checkReach } from '@/server/reach'
import { checkConfig } from './check-config'
import { applySettings, type SettingOptions } from './settings'

/** Checks configuration file, environment, kubeconfig and the fields of each source; throws with every problem. */
export function validate(options: SettingOptions): void {
  const config = applySettings(options)
  checkReach(config)
  const sources = checkConfig(config)
  console.log(
    `The configuration is valid: ${sources.length === 0 ? 'no sources named' : sources.map((s) => `${s.type} ${s.target}`).join(', ')}.`,
  )
}

/** Prints every setting as JSON Schema, for editors and documentation. */
export function printSchema(): void {
  console.log(JSON.stringify(wholeSchema(), null, 2))
}

/** The schema of the configuration, with the fields of each type of source. */
export function wholeSchema(): object {
  const schema = z.toJSONSchema(configSchema, { io: 'input' })
  const sources = sourceTypes().map(({ type, title, config }) => {
    const { $schema: _, ...fields } = z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' })
    const named = { type: { const: type }, ...fields.properties }
    return { ...fields, title, properties: named, required: ['type', ...(fields.required ?? [])] }
  })
  const list = schema.properties?.sources
  if (typeof list === 'object') list.items = { anyOf: sources }
  return schema
}

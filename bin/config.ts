import { z } from 'zod'
import { configuredSources } from '@/collectors/sources'
import { configSchema } from '@/server/env'
import { applySettings, type SettingOptions } from './settings'

/** Checks configuration file, environment and the fields of each source; throws with every problem. */
export function validate(options: SettingOptions): void {
  const config = applySettings(options)
  const sources = configuredSources(config.sources)
  console.log(
    `The configuration is valid: ${sources.length === 0 ? 'no sources named' : sources.map((s) => `${s.type} ${s.target}`).join(', ')}.`,
  )
}

/** Prints every setting as JSON Schema, for editors and documentation. */
export function printSchema(): void {
  console.log(JSON.stringify(z.toJSONSchema(configSchema, { io: 'input' }), null, 2))
}

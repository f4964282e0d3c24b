import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'

const require = createRequire(import.meta.url)

/** Names that wasm-bindgen gives to what every one of its modules has. */
const setWasm = '__wbg_set_wasm'
const startWasm = '__wbindgen_start'

type EngineModule = { readonly SchemaEngine: typeof SchemaEngine; [setWasm](exports: WebAssembly.Exports): void }

let loaded: Promise<EngineModule> | undefined

/** Prisma's schema engine as WebAssembly: the one that the Prisma CLI would download as a binary. Loaded once. */
export const loadSchemaEngine = (): Promise<EngineModule> => (loaded ??= load())

async function load(): Promise<EngineModule> {
  const glue = '@prisma/schema-engine-wasm/schema_engine_bg'
  const path = require.resolve(glue)
  const engine: EngineModule & WebAssembly.ModuleImports = await import(/* turbopackIgnore: true */ glue)
  const bytes = await readFile(path.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine })
  engine[setWasm](instance.exports)
  const start = instance.exports[startWasm]
  if (typeof start === 'function') start()
  return engine
}

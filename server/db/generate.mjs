import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Generates the Prisma client (server/db/generated) where the schema or Prisma changed since. Offline: no engine is downloaded. */
export function generateClient() {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const require = createRequire(import.meta.url)
  const manifest = require.resolve('prisma/package.json')
  const stamp = `${JSON.parse(readFileSync(manifest, 'utf8')).version}\n${readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')}`
  const stampFile = join(root, 'server/db/generated/.made-from')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const result = spawnSync(process.execPath, [join(dirname(manifest), 'build/index.js'), 'generate'], {
    cwd: root,
    encoding: 'utf8',
    // Generating needs no schema engine, yet the CLI wants to see one.
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  })
  if (result.status !== 0) throw new Error(`prisma generate failed:\n${result.stdout}${result.stderr}`)
  writeFileSync(stampFile, stamp)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateClient()

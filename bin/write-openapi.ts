import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openapiText } from '@/server/openapi'
import { changes } from '@/server/changes/all'
import { streams, views } from '@/server/views/all'
import { apiPathsText } from './api-paths'

// Writes docs/api/openapi.json and server/front/api-paths.ts; a test says when it is due: npx tsx bin/write-openapi.ts
const dir = fileURLToPath(new URL('../docs/api/', import.meta.url))
mkdirSync(dir, { recursive: true })
writeFileSync(`${dir}openapi.json`, openapiText(views, changes, streams))
writeFileSync(fileURLToPath(new URL('../server/front/api-paths.ts', import.meta.url)), apiPathsText())

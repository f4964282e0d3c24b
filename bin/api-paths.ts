import { openapi } from '@/server/openapi'
import { changes } from '@/server/changes/all'
import { streams, views } from '@/server/views/all'

/** The text of server/front/api-paths.ts: the front cannot load what answers, only know which methods it takes. */
export function apiPathsText(): string {
  const paths = { ...(openapi(views, changes, streams).paths as object), '/openapi.json': { get: {} } }
  const lines = Object.entries(paths).map(([path, methods]) =>
    [path.slice(1), ...Object.keys(methods as object).map((method) => method.toUpperCase())].join(' '),
  )
  return [
    '/** Paths below /api/v1 and their methods; npx tsx bin/write-openapi.ts writes this file. */',
    'export const apiPaths: readonly string[] = [',
    ...lines.sort().map((line) => `  '${line}',`),
    ']\n',
  ].join('\n')
}

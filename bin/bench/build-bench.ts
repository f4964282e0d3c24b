import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { roleOptions, root } from '../build'

/**
 * Bundles a benchmark as the roles are bundled and returns its file, which plain Node runs: the loader that runs
 * commands from their sources names every function as it is made, which costs a third of what pure functions take.
 */
export async function buildBench(name: string): Promise<string> {
  const outfile = join(root, 'dist/bench', `${name}.mjs`)
  const contents = `import { bench } from './${name}'\nimport { report } from './report'\nawait report(bench)`
  await build({
    ...roleOptions,
    stdin: { contents, resolveDir: join(root, 'bin/bench'), loader: 'ts' },
    packages: 'external',
    plugins: [sourcePlaces],
    outfile,
  })
  return outfile
}

/** What looks for files beside its source still finds them. */
const sourcePlaces: Plugin = {
  name: 'source-places',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' }
    }),
}

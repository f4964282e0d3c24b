import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Browser } from '@playwright/test'
import { layout } from '../../components/map/layout/layout'
import type { Bench, Measure } from './bench'
import type { DrawFigures, DrawInput } from './draw.page'
import { launchBrowser } from './fixtures/browser'
import { inputOf, read } from './layout.graphs'

const sizes = [
  [2000, 6000, 30],
  [10_000, 50_000, 20],
] as const

export const bench: Bench = {
  name: 'draw',
  title: 'Map drawing: script on the main thread (Chromium, WebGL in software)',
  async run() {
    const browser = await launchBrowser()
    if (!browser) return []
    try {
      const measures: Measure[] = []
      for (const [nodes, edges, frames] of sizes) measures.push(...(await measureSize(browser, nodes, edges, frames)))
      return measures
    } finally {
      await browser.close()
    }
  },
}

async function measureSize(browser: Browser, nodes: number, edges: number, frames: number): Promise<Measure[]> {
  const graph = read(nodes, edges)
  const input: DrawInput = {
    namespaces: graph.nodes.map((node) => node.ns),
    links: graph.edges,
    places: [...layout(inputOf(graph))],
    frames,
  }
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addScriptTag({ content: await bundle() })
  const figures = (await page.evaluate(
    (given) => (globalThis as unknown as { measure: (input: unknown) => Promise<unknown> }).measure(given),
    input,
  )) as DrawFigures
  await page.close()
  const size = `${nodes} nodes, ${edges} edges`
  const [scene = 0, prepared = 0, upload = 0] = figures.refreshParts.map((part) => Math.round(part))
  return [
    {
      what: `a refresh that moves nothing (scene ${scene}, order ${prepared}, buffers ${upload}), ${size}`,
      value: figures.refresh,
      unit: 'ms',
      baseline: { what: 'the first scene', value: figures.first },
      bar: { text: '≤ 50 ms', met: figures.refresh <= 50 },
    },
    ...figures.pans.map(({ zoom, gl, canvas, calls }) => ({
      what: `a frame of panning at zoom ${zoom}, p90 (${calls} draw calls), ${size}`,
      value: gl,
      unit: 'ms',
      baseline: { what: '2D canvas', value: canvas },
      bar: { text: '≤ 4 ms', met: gl <= 4 },
    })),
  ]
}

/** The page's script as one file, by the esbuild that tsx brings. */
async function bundle(): Promise<string> {
  const { build } = createRequire(import.meta.resolve('tsx'))('esbuild') as {
    build: (options: object) => Promise<{ outputFiles: { text: string }[] }>
  }
  const built = await build({
    entryPoints: [fileURLToPath(new URL('draw.page.ts', import.meta.url))],
    tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  })
  return built.outputFiles[0]?.text ?? ''
}

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import { floorTo } from '@/core/time'
import { localAdministrator } from '@/server/auth/local-login'
import { startSession } from '@/server/auth/sessions'
import type { Pool } from '@/server/db/pool'
import { buildRoles, buildWeb, root } from '../build'
import { startChild } from '../child'
import { freePort } from '../free-port'
import type { Bench, Measure } from './bench'
import { launchBrowser } from './fixtures/browser'
import { knob, quantile, withBenchDatabase } from './fixtures/database'
import { fillInstallation } from './fixtures/installation'

const workloads = knob('ORIEL_BENCH_WORKLOADS', 2_000)
const edges = knob('ORIEL_BENCH_EDGES', 10_000)
const runs = knob('ORIEL_BENCH_RUNS', 7)
/** As long as it takes the map to be refreshed a few times. */
const watchedMs = 60_000
/** By default each frame is looked at, and so drawn. */
const drawnSoon = { timeout: 120_000, polling: 50 }

/** What somebody waits for who opens the map of a large installation, on the production build. */
export const bench: Bench = {
  name: 'first-paint',
  title: `The map in the browser, ${workloads.toLocaleString('en-US')} workloads and ${edges.toLocaleString('en-US')} edges`,
  async run() {
    const browser = await launchBrowser()
    if (!browser) return []
    try {
      return await withBenchDatabase(async (pool, database) => {
        await fillInstallation(pool, { workloads, edges, now: floorTo(Date.now(), 10_000), aheadMs: 30 * 60_000 })
        const token = await beginSession(pool)
        return withWeb(database, (url) => measurePages({ browser, url, token }))
      })
    } finally {
      await browser.close()
    }
  },
}

/** A browser, the console that it opens, and the token of the session that it has there. */
type Reader = { readonly browser: Browser; readonly url: string; readonly token: string }

async function beginSession(pool: Pool): Promise<string> {
  const day = 86_400_000
  const limits = { idleMs: day, absoluteMs: day, refreshMs: day, rotateMs: day }
  const keeper = { pool, limits, keys: [randomBytes(32)] as const, provider: () => null }
  const login = { identity: localAdministrator, provider: null, loggedIn: null }
  return (await startSession(keeper, login, { address: '', agent: 'bench' })).token
}

async function withWeb<T>(database: string, work: (url: string) => Promise<T>): Promise<T> {
  const logDir = await mkdtemp(join(tmpdir(), 'oriel-bench-'))
  const port = await freePort()
  const roles = await buildRoles()
  const web = startChild({
    name: 'web',
    file: `${roles}/web.mjs`,
    variables: {
      ORIEL_DATABASE_URL: database,
      ORIEL_NEXT_DIST: await buildWeb(),
      ORIEL_ANSWERS: join(root, roles, 'answers.mjs'),
      ORIEL_PORT: String(port),
    },
    logDir,
    onExit: (name, code) => console.error(`The ${name} ended with code ${code ?? 'none'}.`),
  })
  try {
    await web.ready
    return await work(`http://127.0.0.1:${port}`)
  } finally {
    await web.stop()
    await rm(logDir, { recursive: true, force: true })
  }
}

async function measurePages(reader: Reader): Promise<readonly Measure[]> {
  const first = await openMap(reader)
  // The process keeps the map warm from here on, in its own time.
  await sleep(15_000)
  const opened: Opened[] = []
  for (let i = 0; i < runs; i++) opened.push(await openMap(reader))
  const median = (of: (one: Opened) => number) => quantile(opened.map(of), 0.5)
  const watched = await watchMap(reader)
  const painted = { what: 'first paint of the same page', value: median((one) => one.painted) }
  return [
    { what: 'to the first paint, in a process that has just begun', value: first.painted, unit: 'ms' },
    { what: 'to the drawn map, in a process that has just begun', value: first.drawn, unit: 'ms' },
    { what: 'to the first paint, median', value: painted.value, unit: 'ms' },
    {
      what: 'to the map, still: nodes, names, health, edges; median',
      value: median((one) => one.seen),
      unit: 'ms',
      baseline: painted,
      bar: { text: '< 1 s', met: median((one) => one.seen) < 1_000 },
    },
    {
      what: 'to the drawn map, with its figures, median',
      value: median((one) => one.drawn),
      unit: 'ms',
      baseline: painted,
    },
    {
      what: `layout shift over ${watchedMs / 1000} s of live refreshes (${watched.answers} answers)`,
      value: watched.shift,
      unit: '',
      bar: { text: '0', met: watched.shift === 0 },
    },
    { what: 'longest task of the page meanwhile', value: watched.longest, unit: 'ms' },
    { what: 'all its tasks of 50 ms and more', value: watched.tasks / watchedMs, unit: 'of the time' },
  ]
}

/** Milliseconds since the navigation began. */
type Opened = { readonly painted: number; readonly seen: number; readonly drawn: number }

/** Opens the map in a browser that has nothing of it yet. */
async function openMap(reader: Reader): Promise<Opened> {
  const page = await newPage(reader)
  await page.goto(reader.url, { waitUntil: 'commit' })
  const drawn = await page.waitForFunction(() => Reflect.get(window, 'mapDrawnAt'), undefined, drawnSoon)
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)
  // Nothing is seen before the styles are there, though a frame is asked for.
  const seen = Math.max(painted, Number(await page.evaluate(() => Reflect.get(window, 'mapSeenAt'))))
  const opened = { painted, seen, drawn: Number(await drawn.jsonValue()) }
  await page.context().close()
  return opened
}

/** Looks at an open map: layout shifts and long tasks once it is drawn, in milliseconds. */
async function watchMap(reader: Reader) {
  const page = await newPage(reader)
  let answers = 0
  page.on('response', (response) => void (response.url().includes('/api/v1/map') && answers++))
  await page.goto(reader.url)
  await page.waitForFunction(() => Reflect.get(window, 'mapDrawnAt'), undefined, drawnSoon)
  await sleep(3_000)
  answers = 0
  await page.evaluate(() => {
    const seen = { shift: 0, longest: 0, tasks: 0 }
    Reflect.set(window, 'seen', seen)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += Number(Reflect.get(entry, 'value'))
    }).observe({ type: 'layout-shift' })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        seen.tasks += duration
        seen.longest = Math.max(seen.longest, duration)
      }
    }).observe({ type: 'longtask' })
  })
  await sleep(watchedMs)
  const seen = (await page.evaluate(() => Reflect.get(window, 'seen'))) as Record<'shift' | 'longest' | 'tasks', number>
  await page.context().close()
  return { ...seen, answers }
}

/**
 * As text: what compiles this file would add to the functions of a script. It is told of changes and asks for no frames,
 * which cost a good part of a core where they are drawn in software.
 */
const note = (what: string, selector: string) => `new MutationObserver((_, observer) => {
  if (!document.querySelector('${selector}')) return
  observer.disconnect()
  requestAnimationFrame(() => setTimeout(() => { window.${what} = performance.now() }))
}).observe(document, { subtree: true, childList: true, attributeFilter: ['aria-label'] })`
const notes = `
${note('mapSeenAt', '[data-map-picture] svg, [role="application"][aria-label*=" nodes and "]')}
${note('mapDrawnAt', '[role="application"][aria-label*=" nodes and "]')}`

/** A page that notes when the map is seen (its nodes with names and health), and when it says how many there are. */
async function newPage({ browser, url, token }: Reader): Promise<Page> {
  // The page's policy lets no script be made from text, which is how Playwright waits.
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, bypassCSP: true })
  await page.context().addCookies([{ name: `oriel-${new URL(url).port}`, value: token, url }])
  await page.addInitScript({ content: notes })
  return page
}

import { beforeAll, describe, expect, it } from 'vitest'
import { mapPicture } from '@/components/map/picture'
import { dot } from '@/core/export/export-dot'
import { csv } from '@/core/export/export-csv'
import { exportPart } from '@/core/export/export-parts'
import { mermaid } from '@/core/export/export-mermaid'
import type { Graph } from '@/core/graph/graph'
import type { Observation } from '@/core/observation'
import { everything } from '@/core/scope'
import { hostileTexts, secrets, textsIn, unseen } from '@/core/test-hostile'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { prismaClient } from '@/server/db/client'
import { createRecording } from '@/server/db/recordings/recordings'
import { writeRecording } from '@/server/db/recordings/write-recording'
import { route, streamRoute } from '@/server/http'
import { webMetrics } from '@/server/metrics'
import { streams, views } from '@/server/views/all'
import { admits } from '@/server/testing-asker'
import { get, viewDatabase } from '@/server/views/testing'
import { recordingItem } from './fold-recording'
import { createOperations } from './operations'
import { createPending } from './pending'
import { createResolver, noInventory } from './resolve'
import { hostileEntries, hostileSources } from './test-hostile'

/** A name, path or value that is shown; the JSON of a record is longer and has its own bound. */
const longest = 10_000
const database = viewDatabase()
const found = new Map<string, Observation[]>()
const answeredViews = new Set<string>()
let recording = 0
let map: Graph

/** More is asked here than one person may: each asks a little. */
let people = 0
const admitted = () => admits(everything, {}, (people++ % 50) + 1)

const answer = async (path: string, name: string) => {
  const [view] = views.filter((one) => one.name === name)
  if (!view) throw new Error(`there is no view ${name}`)
  const response = await view.open((one) => route(one, admitted()))(get(path))
  return { status: response.status, text: await response.text() }
}

beforeAll(async () => {
  for (const [source, read] of Object.entries(hostileSources)) {
    const all: Observation[] = []
    for (const [i, [, text]] of hostileEntries.entries()) all.push(...(await read(text, i)))
    found.set(source, all)
  }
  const prisma = prismaClient(database.url)
  const { id } = await createRecording(prisma, { name: 'hostile', sourceType: 'hubble', cluster: 'c1' })
  recording = id
  const resolver = createResolver(noInventory)
  const dictionaries = createDictionaries(database.pool)
  const operations = createOperations()
  for (const [source, all] of found) {
    const [type = ''] = source.split(' ')
    const items = all.map((one) => recordingItem(type, one, resolver, operations))
    await writeRecording(database.pool, dictionaries, recording, items)
  }
  const limits = { maxEdges: 100_000, maxRecordsPerSecond: 100_000, maxAgeMs: 3_600_000 }
  const pending = createPending('hubble', resolver, limits, [])
  const now = Date.now()
  const live = [...found.values()].flat().map((one, i) => ({ ...one, key: BigInt(i), time: now - 60_000 }))
  pending.add({ observations: live, gaps: [], checkpoint: null, malformed: 0 }, now)
  const write = pending.take()
  if (!write) throw new Error('there is something to write')
  await database.write({ ...write, checkpoint: null })
  const { text } = await answer(`map?recording=${recording}`, 'map')
  map = JSON.parse(text) as Graph
})

/** No unseen character, no secret, nothing without bound. */
function expectHarmless(text: string, what: string): void {
  expect(unseen.exec(text)?.[0], `${what}: ${JSON.stringify(text.slice(0, 300))}`).toBeUndefined()
  for (const secret of secrets) expect(text, what).not.toContain(secret)
  expect(text.length, what).toBeLessThanOrEqual(longest)
}

describe('what every source reads of strangers', () => {
  it.each(Object.keys(hostileSources))('%s keeps nothing unseen, secret or without bounds', (source) => {
    const all = found.get(source) ?? []
    expect(all.length).toBeGreaterThan(hostileEntries.length / 2)
    for (const one of all) {
      for (const [path, text] of textsIn([one.from, one.to, one.reason])) expectHarmless(text, `${source}${path}`)
      const record = one.record?.()
      if (!record) continue
      expectHarmless(record.summary, `${source} summary`)
      for (const json of [record.shape, record.detail])
        for (const [path, text] of textsIn(JSON.parse(json))) expectHarmless(text, `${source} record ${path}`)
    }
  })
})

describe('every view of it', () => {
  it.each(views.map(({ name }) => name))('%s', async (name) => {
    const [view] = views.filter((one) => one.name === name)
    if (!view) return
    const node = map.nodes.find(({ namespace }) => namespace !== '')?.id ?? ''
    const edge = map.edges[0]?.id ?? ''
    const flows = (await answer(`flows?recording=${recording}&limit=200`, 'flows')).text
    const flow = (JSON.parse(flows) as { rows: { id: string }[] }).rows.map(({ id }) => id)
    const asked = [`recording=${recording}`, 'last=15m', ''].flatMap((time) => [
      time,
      ...[node, edge].map((id) => `${time}&sel=${encodeURIComponent(id)}`),
      ...flow.slice(0, 20).map((id) => `${time}&id=${encodeURIComponent(id)}`),
      ...['<script>', '__proto__', '=cmd'].map((q) => `${time}&q=${encodeURIComponent(q)}`),
    ])
    let answered = 0
    for (const query of asked) {
      const { status, text } = await answer(`${view.path}?${query}`, name)
      expect(status, `${name}?${query}: ${text}`).not.toBe(500)
      if (status !== 200) continue
      answered++
      for (const [path, inner] of textsIn(JSON.parse(text))) expectHarmless(inner, `${name}?${query} ${path}`)
    }
    if (answered > 0) answeredViews.add(name)
  })

  it('was asked in a way that most views answer; the others are of people, links and changes', () => {
    expect(answeredViews.size).toBeGreaterThan(views.length * 0.6)
    for (const name of [
      'map',
      'services',
      'flows',
      'flowFacets',
      'series',
      'search',
      'values',
      'operations',
      'findings',
    ])
      expect(answeredViews).toContain(name)
  })

  it('shows the texts themselves', () => {
    const text = map.nodes.map(({ name, namespace }) => `${name} ${namespace}`).join('\n')
    for (const [, hostile] of hostileEntries) {
      const word = /w-[\w-]+/.exec(hostile)?.[0]
      if (word !== undefined && word !== 'w-long') expect(text).toContain(word)
    }
    expect(text).toContain('__proto__')
    expect(text).toContain('constructor')
  })

  it('gives each node and edge an id that finds it again', async () => {
    const all = [...map.nodes, ...map.edges]
    const odd = all.filter(({ id }) => /w-(bars|climbs|disguised|backslash|graphviz)/.test(id))
    expect(odd.length).toBeGreaterThan(10)
    for (const { id } of [...odd, ...all.slice(0, 20)]) {
      const { text } = await answer(`series?recording=${recording}&sel=${encodeURIComponent(id)}`, 'series')
      const { requestRate = [], flowRate = [] } = JSON.parse(text) as Record<string, (number | null)[]>
      expect(
        [...requestRate, ...flowRate].some((value) => value !== null),
        id,
      ).toBe(true)
    }
  })
})

const formula = /^\s*[=+\-@＝＋－＠\t\r]/

describe('an export', () => {
  const exported = async (query: string) => {
    const [stream] = streams.filter(({ name }) => name === 'flowExport')
    if (!stream) throw new Error('there is an export of flows')
    const { flowExportStream } = await import('@/server/views/flow-export')
    const response = await streamRoute(
      flowExportStream,
      admitted(),
    )(get(`flows/export?recording=${recording}&${query}`))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/)
    return response.text()
  }

  it('as CSV has no cell that a spreadsheet runs, and no line but its own', async () => {
    const lines = (await exported('format=csv')).split('\r\n')
    expect(lines.length).toBeGreaterThan(hostileEntries.length)
    const cells = lines.map(cellsOf)
    for (const row of cells.slice(0, -1)) {
      expect(row.length).toBe(cells[0]?.length)
      for (const cell of row) {
        expect(cell).not.toMatch(formula)
        expectHarmless(cell, 'CSV')
      }
    }
  })

  it('as JSON lines is JSON in each line', async () => {
    const lines = (await exported('format=jsonl')).split('\n').filter(Boolean)
    for (const line of lines)
      for (const [path, text] of textsIn(JSON.parse(line))) expectHarmless(text, `JSON lines ${path}`)
  })

  it('of the map as CSV, Graphviz, Mermaid and SVG holds names as text alone', () => {
    const table = csv(
      ['name', 'namespace'],
      map.nodes.map(({ name, namespace }) => [name, namespace]),
    )
    for (const line of table.split('\r\n').slice(0, -1))
      for (const cell of cellsOf(line)) expect(cell).not.toMatch(formula)
    const part = exportPart(map, 400)
    const graphviz = dot(part, '"]; owned [label="')
    // Outside of its quoted strings nothing but our own words stands.
    const bare = graphviz.replace(/"(?:[^"\\]|\\.)*"/g, '""')
    expect(bare).not.toMatch(/w-|owned|script|proto|javascript/)
    expect(bare.match(/[^\w\s{}[\]();=,.\->"#]/g)).toBeNull()
    const flowchart = mermaid(part, '"]; click')
    for (const line of flowchart.split('\n').slice(4))
      expect(line).toMatch(/^(?: {2,4}(?:n\d+|subgraph s\d+|end|classDef)|$)/)
    expect(flowchart.replace(/"[^"\n]*"/g, '""')).not.toMatch(/click|<|javascript|w-/)
    const svg = mapPicture({ ...map, nodes: map.nodes.slice(0, 100) })
    if (svg === null) return
    expect(svg.match(/<(?!\/?(?:svg|g|path|text|circle|rect|tspan|title)\b)[^>]*>/g)).toBeNull()
    expect(svg).not.toMatch(/\son\w+\s*=/i)
    expectHarmless(svg.slice(0, longest), 'SVG')
  })
})

/** The cells of a line of CSV as a spreadsheet reads them. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  )

it('metrics name nobody', async () => {
  const text = await webMetrics().registry.metrics()
  for (const word of ['w-', '__proto__', ...secrets]) expect(text).not.toContain(word)
  expect(Object.keys(hostileTexts).length).toBe(hostileEntries.length)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildGraph } from '../graph/build-graph'
import { csv } from './export-csv'
import { dot } from './export-dot'
import { edgesCsv, nodesCsv } from './export-graph-csv'
import { mermaid } from './export-mermaid'
import { exportPart } from './export-parts'
import type { Graph } from '../graph/graph'
import { edge, external, flows, http, workload, world } from '../world-fixture'

const hostile = [
  'a"b',
  'line\nbreak',
  '%%{init: {"theme":"x"}}%%',
  '<script>alert(1)</script>',
  '"]; end subgraph x["',
  '`code`',
  '=HYPERLINK("http://evil")',
  'end',
  'back\\slash\\N',
  '\\"',
  '|pipe| --> n0',
  '1. list',
  '- list',
  '\u202eright to left',
  '\u001b[31mred',
  'style:x#9829;',
  '\ud800',
  '',
  'x'.repeat(500),
]

const graphOf = (names: readonly string[]): Graph =>
  buildGraph(
    world(
      names.flatMap((name, i) => [
        edge(workload('web'), workload(name, name || 'shop'), [http(10 + i, 5)], { port: 80 + i }),
        edge(external(name || 'x'), workload('web'), [flows(3, { verdict: 'denied' })], { port: 443 }),
      ]),
    ),
    { level: 'workload' },
  )

/** The rows of a CSV text, by RFC 4180; throws where it is not one. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  let row: string[] = []
  while (field.lastIndex < text.length) {
    const [, quoted, plain = '', end] = field.exec(text) ?? expect.fail(`no CSV at ${text.slice(field.lastIndex)}`)
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== ',') {
      rows.push(row)
      row = []
    }
  }
  return rows
}

describe('CSV', () => {
  it.each([
    [null, ''],
    [0, '0'],
    [-1.5, '-1.5'],
    [Number.NaN, ''],
    ['', '""'],
    ['cart', 'cart'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\r\nb', '"a b"'],
    ['=1+1', `'=1+1`],
    ['@cmd', `'@cmd`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['\t=1', `"' =1"`],
    ['＝1', `'＝1`],
    [' x', '" x"'],
  ])('writes %j as %s', (cell, text) => expect(csv(['c'], [[cell]])).toBe(`c\r\n${text}\r\n`))

  it('is read back as it was written, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 20 }), fc.integer()), { minLength: 1 }), (rows) => {
        const read = parseCsv(csv(['a', 'b'], rows))
        expect(read).toHaveLength(rows.length + 1)
        for (const [text, number] of read.slice(1)) {
          expect(text).not.toMatch(/^\s*[=+\-@]/)
          expect(Number.isInteger(Number(number))).toBe(true)
        }
      }),
    )
  })

  it('has a row for every edge and node, and leaves empty what is unknown', () => {
    const graph = graphOf(hostile)
    const [header = [], ...edges] = parseCsv(edgesCsv(graph))
    expect(edges).toHaveLength(graph.edges.length)
    expect(edges.every((row) => row.length === header.length)).toBe(true)
    const denied = edges.find((row) => row[header.indexOf('flows_denied')] === '3')
    expect(denied?.[header.indexOf('error_ratio')]).toBe('')
    const [nodeHeader = [], ...nodes] = parseCsv(nodesCsv(graph))
    expect(nodes).toHaveLength(graph.nodes.length)
    expect(nodes.every((row) => row.length === nodeHeader.length)).toBe(true)
    expect([...edges, ...nodes].flat().filter((cell) => /^[=+@]/.test(cell))).toEqual([])
  })
})

const label = String.raw`"(?:[\p{L}\p{N} ._/·-]|#\d+;)*"`
const mermaidLines = [
  /^---$/,
  /^title: ".*"$/,
  /^flowchart LR$/,
  new RegExp(String.raw`^  subgraph s\d+\[${label}\]$`, 'u'),
  /^  end$/,
  new RegExp(
    String.raw`^ {2,4}n\d+(?:\(${label}\)|\[\(${label}\)\]|\{\{${label}\}\}|\(\[${label}\]\))(?::::(?:failing|degraded))?$`,
    'u',
  ),
  new RegExp(String.raw`^  n\d+ (?:-->|==>|-\.->|-\.-x)\|${label}\| n\d+$`, 'u'),
  /^  classDef \w+ [\w#:,-]+$/,
]

describe('Mermaid', () => {
  it.each(hostile)('says nothing but names, also for %j', (name) => {
    const text = mermaid(exportPart(graphOf([name]), 100), name)
    for (const line of text.trimEnd().split('\n'))
      expect(
        mermaidLines.some((pattern) => pattern.test(line)),
        line,
      ).toBe(true)
    expect(text).not.toMatch(/%%|<script|`/)
  })

  it('is well formed for any names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 }),
        (names) => {
          const text = mermaid(exportPart(graphOf(names), 100), names.join())
          for (const line of text.trimEnd().split('\n'))
            expect(
              mermaidLines.some((pattern) => pattern.test(line)),
              line,
            ).toBe(true)
          expect(text.match(/^  subgraph/gm)?.length ?? 0).toBe(text.match(/^  end$/gm)?.length ?? 0)
        },
      ),
    )
  })

  it('reads as people would write it', () => {
    expect(mermaid(exportPart(graphOf(['cart']), 100), 'Shop')).toMatchInlineSnapshot(`
      "---
      title: "Shop"
      ---
      flowchart LR
        n0{{"cart"}}:::degraded
        subgraph s1["east/cart"]
          n1("cart"):::degraded
        end
        subgraph s2["east/shop"]
          n2("web")
        end
        n0 -.-x|"tcp 443 · 0.03/s · 3 denied"| n2
        n2 ==>|"http 80 · 0.1/s · 50 #37; errors"| n1
        classDef failing stroke:#b3261e,stroke-width:3px
        classDef degraded stroke:#b26a00,stroke-width:3px
      "
    `)
  })
})

const quoted = String.raw`"(?:[^"\\]|\\["\\])*"`
const attribute = String.raw`\w+=(?:${quoted}|[\w.#-]+)`
const list = String.raw`\[${attribute}(?:, ${attribute})*\]`
const dotLines = [
  /^digraph oriel \{$/,
  new RegExp(String.raw`^ {2,4}(?:graph|node|edge) ${list};$`),
  /^  subgraph cluster_\d+ \{$/,
  /^ {0,2}\}$/,
  new RegExp(String.raw`^ {2,4}n\d+ ${list};$`),
  new RegExp(String.raw`^  n\d+ -> n\d+ ${list};$`),
]

describe('DOT', () => {
  it.each(hostile)('says nothing but names, also for %j', (name) => {
    const text = dot(exportPart(graphOf([name]), 100), name)
    for (const line of text.trimEnd().split('\n'))
      expect(
        dotLines.some((pattern) => pattern.test(line)),
        line,
      ).toBe(true)
  })

  it('is well formed for any names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 }),
        (names) => {
          const text = dot(exportPart(graphOf(names), 100), names.join())
          for (const line of text.trimEnd().split('\n'))
            expect(
              dotLines.some((pattern) => pattern.test(line)),
              line,
            ).toBe(true)
        },
      ),
    )
  })
})

describe('the part of a large graph', () => {
  it('is the unwell and then the strongest edges, and says so', () => {
    const graph = graphOf(Array.from({ length: 30 }, (_, i) => `w${i}`))
    const part = exportPart(graph, 5)
    expect(part.edges).toHaveLength(5)
    expect(part.note).toBe(`showing 5 of ${graph.edges.length} edges`)
    const ends = new Set(part.edges.flatMap(({ from, to }) => [from, to]))
    expect(part.nodes.map(({ id }) => id).toSorted()).toEqual([...ends].toSorted())
    expect(part.edges.every(({ health }) => health === 'failing')).toBe(true)
    expect(exportPart(graph, 1_000)).toMatchObject({ edges: graph.edges, nodes: graph.nodes, note: '' })
  })

  it('counts what the graph itself left out', () => {
    const graph = graphOf(['a', 'b'])
    expect(exportPart({ ...graph, total: { nodes: 9, edges: 900 } }, 100).note).toBe('showing 4 of 900 edges')
  })
})

import { readFileSync } from 'node:fs'
import { expect, oriel, read, readMap, sharedFile, stateDir, test, type Figures, type Node } from './app'

const file = sharedFile('data/hubble/http-348.jsonl')
const name = `http-348 ${process.pid}`

test.describe.configure({ mode: 'serial' })
test.skip(file === null, 'needs data/hubble/http-348.jsonl below ../shared or ORIEL_SHARED')
test.skip(stateDir === null, 'needs the command line: ORIEL_E2E_STATE names the state folder of the app under test')
test.afterAll(async () => {
  if (stateDir !== null && (await oriel('recordings', 'list')).includes(name)) await oriel('recordings', 'delete', name)
})

type End = { readonly namespace?: string; readonly pod_name?: string; readonly labels: readonly string[] }
type Flow = {
  readonly source: End
  readonly destination: End
  readonly IP: { readonly source: string; readonly destination: string }
  readonly l4: { readonly TCP: { readonly source_port: number; readonly destination_port: number } }
  readonly l7: { readonly type: string; readonly http: { readonly code?: number } }
  readonly node_name: string
}
type Count = { requests: number; responses: number; serverErrors: number }

/** Counts the capture's lines, with nothing of the app: an end is `namespace/workload`, a node's name or an address. */
function countLines(path: string): { edges: Map<string, Count>; codes: Map<number, number> } {
  const edges = new Map<string, Count>()
  const codes = new Map<number, number>()
  const endName = (end: End, address: string, node: string) =>
    end.pod_name
      ? `${end.namespace}/${end.pod_name.replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}$|-[a-z0-9]{5}$/, '')}`
      : end.labels.includes('reserved:host')
        ? node
        : address
  for (const line of readFileSync(path, 'utf8').trim().split('\n')) {
    const { flow } = JSON.parse(line) as { flow: Flow }
    const { source, destination, IP, l4, l7 } = flow
    const isResponse = l7.type === 'RESPONSE'
    const from = endName(source, IP.source, flow.node_name)
    const to = endName(destination, IP.destination, flow.node_name)
    // A response comes back: its source is who was called.
    const key = isResponse ? `${to} ${from}:${l4.TCP.source_port}` : `${from} ${to}:${l4.TCP.destination_port}`
    const count = edges.get(key) ?? { requests: 0, responses: 0, serverErrors: 0 }
    edges.set(key, count)
    if (!isResponse) count.requests++
    else {
      const code = l7.http.code ?? 0
      count.responses++
      if (code >= 500) count.serverErrors++
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
  }
  return { edges, codes }
}

const countOf = ({ requests, responses, serverErrors }: Figures): Count => ({
  requests: requests ?? 0,
  responses: responses ?? 0,
  serverErrors: serverErrors ?? 0,
})
const label = ({ namespace, name: own }: Pick<Node, 'namespace' | 'name'>) => (namespace ? `${namespace}/${own}` : own)

async function recordingId(request: Parameters<typeof read>[0]): Promise<number> {
  let id: number | undefined
  // Answers are shared for a moment: the list may be the one from before the import.
  await expect(async () => {
    const { recordings } = await read<{ recordings: { id: number; name: string }[] }>(request, 'sources')
    id = recordings.find((recording) => recording.name === name)?.id
    expect(id, `the recording ${name} is listed`).toBeDefined()
  }).toPass()
  return id ?? 0
}

test('the map agrees with a count of the capture, edge by edge', async ({ request }) => {
  const { edges, codes } = countLines(file ?? '')
  const sum = (key: keyof Count) => [...edges.values()].reduce((total, count) => total + count[key], 0)
  expect([sum('requests'), sum('responses')]).toEqual([175, 173])
  expect(Object.fromEntries(codes)).toEqual({ 200: 22, 503: 151 })

  expect(await oriel('import', 'hubble', file ?? '', '--name', name)).toContain('348 lines read, 348 used, 348 new')
  const graph = await readMap(request, `nodes=1&recording=${await recordingId(request)}`)
  const nameOf = new Map(graph.nodes.map((node) => [node.id, label(node)]))
  const shown = graph.edges.map(
    (edge) => [`${nameOf.get(edge.from)} ${nameOf.get(edge.to)}:${edge.port}`, countOf(edge.figures)] as const,
  )
  expect(shown.length).toBe(edges.size)
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(edges))
  for (const { figures } of graph.edges) expect(figures.verdicts).toEqual({ allowed: figures.requests })
})

test('the services agree with it', async ({ request, page }) => {
  const called = new Map<string, Count>()
  for (const [key, count] of countLines(file ?? '').edges) {
    const to = key.slice(key.indexOf(' ') + 1, key.lastIndexOf(':'))
    const sum = called.get(to) ?? { requests: 0, responses: 0, serverErrors: 0 }
    called.set(to, {
      requests: sum.requests + count.requests,
      responses: sum.responses + count.responses,
      serverErrors: sum.serverErrors + count.serverErrors,
    })
  }
  const id = await recordingId(request)
  type Row = Pick<Node, 'namespace' | 'name'> & { figures: Figures | null }
  const rows = await read<Row[]>(request, `services?recording=${id}`)
  const shown = rows.filter((row) => row.figures !== null)
  const inside = [...called].filter(([to]) => to.includes('/'))
  expect(shown.length).toBeGreaterThanOrEqual(inside.length)
  const byName = new Map(shown.map((row) => [label(row), row.figures && countOf(row.figures)]))
  for (const [to, count] of inside) expect([to, byName.get(to)]).toEqual([to, count])
  // Who is only known to call has no figures of its own, not zeros.
  expect(rows.find((row) => row.name === 'prometheus')?.figures).toBeNull()

  await page.goto(`/services?recording=${id}`)
  const productpage = page.getByRole('row').filter({ hasText: 'productpage-v1' })
  await expect(productpage.getByRole('cell', { name: /^94\.1\s%$/ })).toBeVisible()
})

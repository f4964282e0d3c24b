import { expect, test } from 'vitest'
import { z } from 'zod'
import { readJson, suiteFolder } from '@/core/policy/test-model'
import { connectionsCommand } from './connections'
import { folderOf, run } from './testing'

const labels = z.record(z.string(), z.string())
const end = z.union([z.object({ ip: z.string() }), z.object({ namespace: z.string(), labels })])
const shape = z.object({
  namespaces: z.record(z.string(), labels),
  cases: z.array(
    z.object({
      policies: z.array(z.unknown()),
      from: end,
      to: end,
      port: z.number(),
      protocol: z.string(),
      expect: z.enum(['allowed', 'blocked']),
    }),
  ),
})
const listed = z.array(
  z.object({
    from: z.string(),
    to: z.string(),
    connections: z.union([z.literal('all'), z.record(z.string(), z.array(z.string()))]),
  }),
)

const folder = suiteFolder('recipes')

test.skipIf(!folder)(
  'connections lists what the recipes let pass (skipped where ../shared/data/policy is absent)',
  async () => {
    const { namespaces, cases } = shape.parse(readJson(folder ?? '', 'cases.json'))
    const spaces = Object.entries(namespaces).map(([name, own]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: own },
    }))
    for (const { policies, from, to, port, protocol, expect: wanted } of cases) {
      const pods = [from, to].flatMap((one, i) =>
        'ip' in one
          ? []
          : [
              {
                apiVersion: 'v1',
                kind: 'Pod',
                metadata: { name: `pod-${i}`, ...one },
                spec: { containers: [] },
                status: { podIP: `10.0.0.${i}` },
              },
            ],
      )
      const files = {
        'all.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...spaces, ...pods, ...policies] }),
      }
      const { out } = await run((terminal) => connectionsCommand({ file: [folderOf(files)], output: 'json' }, terminal))
      const is = (name: string, one: z.infer<typeof end>, i: number) =>
        'ip' in one ? holds(name, one.ip) : name === `${one.namespace}/pod-${i}[Pod]`
      const pair = listed.parse(JSON.parse(out)).find((one) => is(one.from, from, 0) && is(one.to, to, 1))
      const ports = pair?.connections ?? {}
      const passes = ports === 'all' || (ports[protocol] ?? []).some((text) => hasPort(text, port))
      expect({ policies, from, to, port, passes }).toEqual({ policies, from, to, port, passes: wanted === 'allowed' })
    }
  },
)

function hasPort(text: string, port: number): boolean {
  const [first = 0, last = first] = text.split('-').map(Number)
  return port >= first && port <= last
}

function holds(range: string, ip: string): boolean {
  if (!/^\d+\.\d+\./.test(range)) return false
  const [first = 0, last = first] = range.split('-').map(numberOf)
  return numberOf(ip) >= first && numberOf(ip) <= last
}

const numberOf = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

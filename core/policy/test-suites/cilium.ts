import { z } from 'zod'
import { compilePolicies } from '../compile'
import type { End, Flow } from '../decision'
import { endOf, evaluate } from '../evaluate'
import { parseObject } from '../kinds'
import { ciliumNetworkPolicy } from '../kinds/cilium-network-policy'
import type { ModelObject } from '../model'
import { defaultOptions } from '../profile'
import { cell, flowTo, modelOf, pod, readJson, space } from '../test-model'
import { runCiliumScripts } from './cilium-scripts'
import { type SuiteResult, Tally } from './suite'

const flags = z.record(z.string(), z.boolean())
const shape = z.object({
  columns: z.array(
    z.object({
      column: z.number(),
      allowPolicies: flags,
      denyPolicies: flags,
      expected: z.record(z.string(), z.enum(['Allowed', 'Denied'])),
    }),
  ),
  docFacts: z.array(z.string()).length(3),
})

/** The table of how denials and allows combine, and the script tests of policy maps. */
export function runCilium(folder: string): SuiteResult {
  const tally = new Tally()
  const { columns } = shape.parse(readJson(folder, 'deny_table.json'))
  for (const { column, allowPolicies, denyPolicies, expected } of columns) {
    const objects = [...chosen(allowPolicies, 'ingress'), ...chosen(denyPolicies, 'ingressDeny')]
    for (const [probe, verdict] of Object.entries(expected))
      tally.check(() => `column ${column}: ${probe}`, verdict === 'Allowed' ? '.' : 'X', probed(objects, probe))
  }
  statedFacts(tally)
  runCiliumScripts(folder, tally)
  return tally
}

const client = pod('default/client', { labels: { app: 'client' } })
const server = pod('default/server', { labels: { app: 'server' } })
const onPort = (port: string) => ({ ports: [{ port, protocol: 'TCP' }] })
const entries: Readonly<Record<string, ModelObject>> = {
  http7: { toPorts: [{ ...onPort('80'), rules: { http: [{ method: 'GET' }] } }] },
  tcp80: { toPorts: [onPort('80')] },
  tcp81: { toPorts: [onPort('81')] },
  l3client: { fromEndpoints: [{ matchLabels: { app: 'client' } }] },
}

const chosen = (flags: Readonly<Record<string, boolean>>, section: string): readonly ModelObject[] =>
  Object.entries(flags).flatMap(([name, on]) =>
    on ? [policy(`${section}-${name}`, section, entries[name] ?? {})] : [],
  )

const policy = (name: string, section: string, entry: ModelObject): ModelObject => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name: name.toLowerCase(), namespace: 'default' },
  spec: { endpointSelector: { matchLabels: { app: 'server' } }, [section]: [entry] },
})

function probed(objects: readonly ModelObject[], probe: string): string {
  const port = /^curl server:(\d+)$/.exec(probe)?.[1]
  const compiled = compilePolicies(modelOf([client, server], objects), { ...defaultOptions, profile: 'cilium' })
  const flow: Flow =
    port === undefined
      ? { from: endOf(client), to: endOf(server), protocol: 'ICMP', port: null }
      : flowTo(client, server, Number(port), { request: { method: 'GET', path: '/' } })
  return cell(compiled, flow).combined
}

/** What the page and a script say in words. */
function statedFacts(tally: Tally): void {
  const deny = policy('deny', 'ingressDeny', { fromEndpoints: [{}] })
  const allow = { fromEntities: ['all'] }
  const wide = {
    ...policy('wide', 'ingress', allow),
    kind: 'CiliumClusterwideNetworkPolicy',
    metadata: { name: 'wide' },
  }
  const kubernetes: ModelObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'np', namespace: 'default' },
    spec: { podSelector: {}, ingress: [{}] },
  }
  for (const other of [policy('allow', 'ingress', allow), wide, kubernetes])
    tally.check(() => `a denial beats ${String(other.kind)}`, 'X', probed([other, deny], 'curl server:80'))
  const elsewhere = policy('deny', 'ingressDeny', { fromEntities: ['world'] })
  tally.check(() => 'a denial isolates by itself', 'X', probed([elsewhere], 'curl server:80'))
  for (const entry of [{ toFQDNs: [{ matchName: 'a.b' }] }, entries.http7 ?? {}]) {
    const parsed = parseObject(ciliumNetworkPolicy, policy('deny', 'egressDeny', entry))
    tally.check(() => `refuses ${JSON.stringify(entry)}`, true, 'problems' in parsed)
  }
  const everywhere = { ...policy('all', 'ingress', {}), spec: { endpointSelector: {}, ingress: [{}] } }
  const other = pod('other/pod')
  const spaces = { namespaces: [space('default'), space('other')] }
  const compiled = compilePolicies(modelOf([server, other], [everywhere], spaces), defaultOptions)
  const node: End = { type: 'node', name: 'n1', addresses: ['10.9.0.1'] }
  for (const [to, verdict] of [
    [endOf(server), 'denied'] as const,
    [endOf(other), 'allowed'] as const,
    [node, 'allowed'] as const,
  ])
    tally.check(
      () => `an empty selector and ${to.type}`,
      verdict,
      evaluate(compiled, { from: endOf(client), to, protocol: 'TCP', port: 80 }).ingress.verdict,
    )
}

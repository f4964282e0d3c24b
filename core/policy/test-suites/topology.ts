import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { type CompiledPolicies, compilePolicies } from '../compile'
import { connections } from '../connections'
import type { End } from '../decision'
import { endOf } from '../evaluate'
import { loadModel, type ManifestDocument } from '../load-model'
import { type Model, type ModelObject, workloadName } from '../model'
import { portTexts } from '../port-set'
import { portProtocols } from '../ports'
import { defaultOptions } from '../profile'
import { isFields } from '../read'
import type { RecordedFlow } from '../suggest/recorded-flow'
import { defaultSuggestOptions } from '../suggest/suggestion'
import { suggestPolicies } from '../suggest/suggest-policies'
import { dnsPods, labelledSpace, outside, seen } from '../suggest/test-flows'
import { pod } from '../test-model'
import { type SuiteResult, Tally } from './suite'

const isExpected = (file: string) => /^expected_netpol.*\.(?:json|ya?ml)$/.test(file)

/**
 * Suggestions for whatever an app's expected policies let pass must let pass the same: between its workloads, from a
 * pod of another namespace, and from and to an address outside. DNS is not compared: the expected policies allow UDP
 * to every pod, and suggestions UDP and TCP to those of the DNS.
 */
export function runTopology(folder: string): SuiteResult {
  const tally = new Tally()
  for (const app of readdirSync(join(folder, 'tests')).sort()) {
    const files = filesBelow(join(folder, 'tests', app))
    const manifests = files.filter((file) => !/expected|\/bad_/.test(file)).flatMap(documentsOf)
    for (const file of files.filter((one) => isExpected(one.split('/').at(-1) ?? ''))) {
      const { model } = loadModel([...manifests, ...documentsOf(file)])
      const name = file.slice(folder.length + 'tests/'.length + 1)
      compare(name, model, flowsOf(model), tally)
      const links = files.find((one) => one.endsWith('/expected_output.json'))
      if (links) compare(`${name} by Services`, model, [...flowsOf(model, true), ...linkedFlows(links, model)], tally)
    }
  }
  return tally
}

/** The expected sets also close their namespaces, which holds for workloads without traffic and no flow can tell. */
const isDefaultDeny = ({ metadata }: ModelObject) =>
  isFields(metadata) && String(metadata.name).startsWith('default-deny')

const router = pod('edge/router', { labels: { app: 'router' } })
const client = outside('203.0.113.10')

function withOthers(app: Model): Model {
  return {
    ...app,
    workloads: [...app.workloads, router, dnsPods],
    namespaces: [...app.namespaces, labelledSpace('edge'), labelledSpace('kube-system')],
  }
}

function pairsOf({ workloads }: Model) {
  const ends: readonly End[] = [...workloads.map(endOf), client]
  return [...ends, endOf(router)].flatMap((from) => ends.map((to) => ({ from, to })))
}

function compare(name: string, app: Model, flows: readonly RecordedFlow[], tally: Tally): void {
  const model = withOthers(app)
  const open = compilePolicies({ ...model, objects: [] }, defaultOptions)
  const namespaces = app.namespaces.map((space) => space.name)
  const { suggestions } = suggestPolicies(open, flows, { ...defaultSuggestOptions, namespaces })
  const objects = [...suggestions.map(({ manifest }) => manifest), ...app.objects.filter(isDefaultDeny)]
  const expected = compilePolicies(model, defaultOptions)
  const suggested = compilePolicies({ ...model, objects }, defaultOptions)
  for (const { from, to } of pairsOf(app)) {
    const where = () => `${name}: ${endText(from)} → ${endText(to)}`
    tally.check(where, textOf(expected, from, to), textOf(suggested, from, to))
  }
}

/** One for each port that the expected policies open; `outsideOnly`: to who comes from elsewhere. */
function flowsOf(app: Model, outsideOnly = false): readonly RecordedFlow[] {
  const expected = compilePolicies(withOthers(app), defaultOptions)
  return pairsOf(app).flatMap(({ from, to }) => {
    if (outsideOnly && from !== client && !(from.type === 'workload' && from.workload === router)) return []
    const { allowed } = connections(expected, from, to)
    return portProtocols.flatMap((protocol) =>
      (allowed[protocol] ?? []).flatMap((range) =>
        range.from === range.to ? [seen(from, to, range.from, { protocol })] : [],
      ),
    )
  })
}

const named = z.object({ kind: z.string().optional(), name: z.string() })
const linkShape = z.array(
  z.object({
    source: z.object({ resource: named }).optional(),
    link: z.object({ resource: named.extend({ network: z.array(z.object({ port: z.number() })) }) }),
  }),
)

/** Connections that the analyser found: from a workload to the ports of a Service. */
function linkedFlows(file: string, { workloads }: Model): readonly RecordedFlow[] {
  return linkShape.parse(JSON.parse(readFileSync(file, 'utf8'))).flatMap(({ source, link }) => {
    const from = workloads.find(({ name }) => name === source?.resource.name)
    const to = { type: 'service' as const, namespace: from?.namespace ?? '', name: link.resource.name }
    return from ? link.resource.network.map(({ port }) => seen(from, to, port)) : []
  })
}

const textOf = (compiled: CompiledPolicies, from: End, to: End): string => {
  const { allowed } = connections(compiled, from, to)
  return portProtocols
    .flatMap((protocol) => portTexts(allowed[protocol] ?? []).map((ports) => `${protocol} ${ports}`))
    .join()
}

const endText = (end: End) => (end.type === 'workload' ? workloadName(end.workload) : end.type)

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile() && /\.(?:json|ya?ml)$/.test(one.name))
    .map((one) => join(one.parentPath, one.name))
    .sort()

/** A file may also be a bare list of objects. */
const documentsOf = (file: string): readonly ManifestDocument[] =>
  parseAllDocuments(readFileSync(file, 'utf8'))
    .filter(({ errors }) => errors.length === 0)
    .map((document): unknown => document.toJS())
    .flatMap((value) => (Array.isArray(value) ? value.map((one: unknown) => one) : [value]))
    .map((value, i) => ({ file, document: i + 1, value }))

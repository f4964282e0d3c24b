import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Labels } from '../inventory/inventory-object'
import type { CompiledPolicies } from './compile'
import type { Flow } from './decision'
import { endOf, evaluate } from './evaluate'
import { emptyModel, type Model, type ModelNamespace, type ModelObject, type Workload } from './model'

/** A folder of third-party cases; null where it is not at hand. */
export function suiteFolder(name: string): string | null {
  const folder = join(process.env.ORIEL_SHARED ?? '../shared', 'data/policy', name)
  return existsSync(folder) ? folder : null
}

export const readJson = (folder: string, file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))

export const pod = (key: string, parts: Partial<Workload> = {}): Workload => {
  const [namespace = '', name = ''] = key.split('/')
  return {
    namespace,
    name,
    kind: 'Pod',
    labels: {},
    annotations: {},
    serviceAccount: 'default',
    ips: [],
    ports: [],
    hostNetwork: false,
    nodes: [],
    mesh: null,
    ...parts,
  }
}

export const space = (name: string, labels: Labels = {}): ModelNamespace => ({ name, labels, annotations: {} })

export const modelOf = (
  workloads: readonly Workload[],
  objects: readonly ModelObject[],
  parts: Partial<Model> = {},
): Model => ({
  ...emptyModel,
  namespaces: [...new Set(workloads.map(({ namespace }) => namespace))].map((name) => space(name)),
  workloads,
  objects,
  ...parts,
})

export const flowTo = (from: Workload, to: Workload, port: number | string, parts: Partial<Flow> = {}): Flow => ({
  from: endOf(from),
  to: endOf(to),
  protocol: 'TCP',
  port,
  ...parts,
})

/** `.` allowed, `X` denied, `?` undefined; also of each side. */
export function cell(compiled: CompiledPolicies, flow: Flow) {
  const mark = { allowed: '.', denied: 'X', undefined: '?' } as const
  const decision = evaluate(compiled, flow)
  return {
    egress: mark[decision.egress.verdict],
    ingress: mark[decision.ingress.verdict],
    combined: mark[decision.verdict],
  }
}

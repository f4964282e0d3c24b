import { compilePolicies, type CompiledPolicies } from '@/core/policy/compile'
import type { Decision, End, Judgement } from '@/core/policy/decision'
import { endOf, evaluate } from '@/core/policy/evaluate'
import type { Workload } from '@/core/policy/model'
import type { Direction, Layer } from '@/core/policy/normal-form'
import { defaultOptions } from '@/core/policy/profile'
import type { HttpRequest } from '@/core/policy/request-match'
import type { ObjectStore } from '../kubernetes-api/object-store'
import type { Workload as DemoWorkload } from '../model/cluster'
import { isMutualTls } from '../model/mesh'
import { hasPolicies, modelKeys, modelOf, podAddresses, podKeys } from './store-model'

/** One end of a call: a workload of the cluster, or an address outside with the name that it was looked up by. */
export type Side = { readonly workload?: DemoWorkload; readonly ip: string; readonly name: string }

export type Question = {
  readonly from: Side
  readonly to: Side
  readonly port: number
  readonly transport: 'tcp' | 'udp'
}

/** What the policies that the API server keeps say of a call. */
export type Ruling = {
  /** As if staged policies were enforced too. */
  readonly pending: Decision
  /** Whether what is asked for within the connection decides, too. */
  readonly dependsOnRequest: boolean
} & Decision

/**
 * A call that the network let pass and a proxy did not: Cilium's for what was asked, a mesh's for who asked.
 * `reset`: the connection was closed; else the proxy answered that it is forbidden.
 */
export type Refusal = {
  readonly by: 'cilium' | 'istio' | 'linkerd'
  readonly reset: boolean
  readonly side: Judgement
}

export type Enforcement = {
  /** @param request null: carries no HTTP; absent: the connection alone. O(1) where it was asked before. */
  judge(question: Question, request?: HttpRequest | null): Ruling
}

type Compiled = {
  readonly workloads: ReadonlyMap<string, Workload>
  readonly enforced: CompiledPolicies
  readonly pending: CompiledPolicies
  /** Of all pods; null where no policy looks at addresses. */
  readonly addresses: string | null
  readonly rulings: Map<string, Ruling>
}

const options = { ...defaultOptions, profile: 'cilium' } as const

/** Judges calls by the objects of the store as they are: what changes there counts from the next call on. */
export function createEnforcement(store: ObjectStore): Enforcement {
  let compiled: Compiled | null = null
  let podsChanged = false
  for (const key of modelKeys)
    store.onChange(key, () => {
      if (podKeys.has(key)) podsChanged = true
      else compiled = null
    })

  const compile = (): Compiled => {
    const model = modelOf(store)
    const workloads = new Map(model.workloads.map((one) => [`${one.namespace}/${one.kind}/${one.name}`, one]))
    const enforced = compilePolicies(model, options)
    const pending = compilePolicies(model, { ...options, staged: 'enforced' })
    const looksAtAddresses = JSON.stringify(pending.policies).includes('"is":"address"')
    const addresses = looksAtAddresses ? podAddresses(store) : null
    return { workloads, enforced, pending, addresses, rulings: new Map() }
  }
  return {
    judge(question, request) {
      if (podsChanged) {
        podsChanged = false
        if (compiled && compiled.addresses !== null && compiled.addresses !== podAddresses(store)) compiled = null
      }
      if (!compiled && !hasPolicies(store)) return openRuling
      compiled ??= compile()
      const key = keyOf(question)
      let ruling = compiled.rulings.get(key)
      if (!ruling) compiled.rulings.set(key, (ruling = rule(compiled, question, undefined)))
      return ruling.dependsOnRequest && request !== undefined ? rule(compiled, question, request) : ruling
    },
  }
}

const sideKey = ({ workload, ip }: Side) => workload?.uid ?? ip
const keyOf = ({ from, to, port, transport }: Question) => `${sideKey(from)} ${sideKey(to)} ${port} ${transport}`

function rule(
  { workloads, enforced, pending }: Compiled,
  { from, to, port, transport }: Question,
  request: HttpRequest | null | undefined,
): Ruling {
  const end = ({ workload, ip, name }: Side): End => {
    const found = workload && workloads.get(`${workload.spec.namespace}/${workload.spec.kind}/${workload.spec.name}`)
    return found ? endOf(found) : { type: 'external', address: ip, names: name ? [name] : [] }
  }
  const mtls = from.workload && to.workload ? isMutualTls(from.workload, to.workload, port) : false
  const flow = {
    from: end(from),
    to: end(to),
    port,
    protocol: transport === 'tcp' ? 'TCP' : 'UDP',
    request,
    mtls,
  } as const
  const decision = evaluate(enforced, flow)
  const dependsOnRequest = [decision.egress, decision.ingress, decision.mesh].some((one) => one.verdict === 'undefined')
  return { ...decision, pending: evaluate(pending, flow), dependsOnRequest }
}

const open = (layer: Layer, direction: Direction): Judgement => ({
  verdict: 'allowed',
  layer,
  direction,
  reason: { code: 'no-policy' },
  tier: null,
  policy: null,
  rule: null,
  steps: [],
})
const openDecision: Decision = {
  verdict: 'allowed',
  decidedBy: open('network', 'egress'),
  egress: open('network', 'egress'),
  ingress: open('network', 'ingress'),
  mesh: open('mesh', 'ingress'),
}
const openRuling: Ruling = { ...openDecision, pending: openDecision, dependsOnRequest: false }

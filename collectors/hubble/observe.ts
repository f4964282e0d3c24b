import type { FlowObservation, Observation, RequestObservation } from '@/core/observation'
import { createCounting } from './counting'
import { type EndContext, refOf } from './ends'
import type { Fields } from './fields'
import { outcomeOf } from './outcome'
import type { RawFlow } from './raw-flow'
import { buildRecord } from './record'
import { isReply } from './reply'
import { reporterOf } from './reporter'
import { clean } from './text'
import { encryptionOf, reasonOf, verdictOf } from './verdict'

/** Turns a flow into the observation of a call. `fields` reads the whole record and is called only if someone wants it. */
export type Observe = (flow: RawFlow, key: bigint, fields: () => Fields) => Observation

const maxHomes = 16

/** The rules that every Hubble flow goes through, whichever way it came. */
export function createObserve(cluster: string): Observe {
  const counting = createCounting()
  const homes = new Set(['default'])
  const isHome = (name: string) => homes.has(name)

  return (flow, key, fields) => {
    noteHome(homes, flow)
    const reply = isReply(flow)
    const verdict = verdictOf(flow)
    const source = refOf(flow.source, sourceContext(flow, isHome))
    const destination = refOf(flow.destination, destinationContext(flow, isHome))
    const port = flow.protocol === 'icmp' ? 0 : reply ? flow.sourcePort : flow.destinationPort
    const sourcePort = reply ? flow.destinationPort : flow.sourcePort
    const reporter = reporterOf(flow, reply)
    const common = {
      time: flow.time,
      key,
      cluster,
      reporter,
      from: reply ? destination : source,
      to: reply ? source : destination,
      fromIp: reply ? flow.toIp : flow.fromIp,
      toIp: reply ? flow.fromIp : flow.toIp,
      port,
      protocol: flow.protocol,
      verdict,
      reason: clean(reasonOf(flow, verdict), 100),
      encryption: encryptionOf(flow, port),
    }
    if (flow.type !== 'L7' && flow.l7Type === '') {
      const flowObservation: FlowObservation = {
        type: 'flow',
        ...common,
        counts: counting.counts(flow, reply, reporter, verdict),
        flows: flow.aggregated || 1,
        record: () => buildRecord(fields(), { reply, sourcePort, status: undefined }),
      }
      return flowObservation
    }
    const outcome = outcomeOf(flow)
    const request = flow.l7Type === 'REQUEST'
    const response = flow.l7Type === 'RESPONSE'
    const n = flow.aggregated || 1
    const { status } = outcome
    const requestObservation: RequestObservation = {
      type: 'request',
      ...common,
      counts: request || response,
      l7: outcome.l7,
      requests: request ? n : 0,
      responses: response ? n : 0,
      clientErrors: outcome.blame === 'caller' ? n : 0,
      serverErrors: outcome.blame === 'callee' ? n : 0,
      latency: response && flow.latencyNs > 0 ? flow.latencyNs / 1e6 : undefined,
      record: () => buildRecord(fields(), { reply, sourcePort, status }),
    }
    return requestObservation
  }
}

/** The observed cluster's own name in Cilium: that of the reporting node, and of the ends that live on it. */
function noteHome(homes: Set<string>, flow: RawFlow): void {
  if (homes.size >= maxHomes) return
  const slash = flow.nodeName.indexOf('/')
  if (slash > 0) homes.add(flow.nodeName.slice(0, slash))
  else if (flow.source.local && flow.source.clusterName) homes.add(flow.source.clusterName)
  else if (flow.destination.local && flow.destination.clusterName) homes.add(flow.destination.clusterName)
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
const context: Mutable<EndContext> = {
  nodeName: '',
  serviceName: '',
  serviceNamespace: '',
  names: [],
  isHome: () => true,
}

function sourceContext(flow: RawFlow, isHome: EndContext['isHome']): EndContext {
  context.nodeName = flow.nodeName
  context.serviceName = flow.sourceService
  context.serviceNamespace = flow.sourceServiceNamespace
  context.names = flow.sourceNames
  context.isHome = isHome
  return context
}

function destinationContext(flow: RawFlow, isHome: EndContext['isHome']): EndContext {
  context.nodeName = flow.nodeName
  context.serviceName = flow.destinationService
  context.serviceNamespace = flow.destinationServiceNamespace
  context.names = flow.destinationNames
  context.isHome = isHome
  return context
}

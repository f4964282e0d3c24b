import type { FlowRecord, Observation } from '@/core/observation'
import { createCounting } from './counting'
import { type EndContext, refOf } from './ends'
import type { Fields } from './fields'
import { outcomeOf } from './outcome'
import { createOperationNames } from './operation'
import type { RawFlow } from './raw-flow'
import { buildRecord } from './record'
import { isReply } from './reply'
import { reporterOf } from './reporter'
import { clean } from '@/collectors/kit/text'
import { encryptionOf, reasonOf, verdictOf } from './verdict'

/** Turns a flow into the observation of a call. `fields` reads the whole record and is called only if someone wants it. */
export type Observe = (flow: RawFlow, key: bigint, fields: () => Fields) => Observation

const maxHomes = 16

/** The rules that every Hubble flow goes through, whichever way it came. */
export function createObserve(cluster: string): Observe {
  const counting = createCounting()
  const homes = new Set(['default'])
  const isHome = (name: string) => homes.has(name)
  const operationOf = createOperationNames()

  return (flow, key, fields) => {
    noteHome(homes, flow)
    const reply = isReply(flow)
    const verdict = verdictOf(flow)
    const source = refOf(flow.source, sourceContext(flow, isHome))
    const destination = refOf(flow.destination, destinationContext(flow, isHome))
    const port = flow.protocol === 'icmp' ? 0 : reply ? flow.sourcePort : flow.destinationPort
    const sourcePort = reply ? flow.destinationPort : flow.sourcePort
    const reporter = reporterOf(flow, reply)
    const from = reply ? destination : source
    const to = reply ? source : destination
    const fromIp = reply ? flow.toIp : flow.fromIp
    const toIp = reply ? flow.fromIp : flow.toIp
    const reason = verdict === 'allowed' ? '' : clean(reasonOf(flow, verdict), 100)
    const encryption = encryptionOf(flow, port)
    const { time, protocol } = flow
    const n = flow.aggregated || 1
    if (flow.type !== 'L7' && flow.l7Type === '') {
      const counts = counting.counts(flow, reply, reporter, verdict)
      const record = lazyRecord(fields, reply, sourcePort, undefined)
      return {
        type: 'flow',
        time,
        key,
        cluster,
        reporter,
        from,
        to,
        fromIp,
        toIp,
        port,
        protocol,
        verdict,
        reason,
        encryption,
        counts,
        flows: n,
        record,
      }
    }
    const { l7, status, code, blame } = outcomeOf(flow)
    const isRequest = flow.l7Type === 'REQUEST'
    const isResponse = flow.l7Type === 'RESPONSE'
    const counts = isRequest || isResponse
    const requests = isRequest ? n : 0
    const responses = isResponse ? n : 0
    const clientErrors = blame === 'caller' ? n : 0
    const serverErrors = blame === 'callee' ? n : 0
    const latency = isResponse && flow.latencyNs > 0 ? flow.latencyNs / 1e6 : undefined
    const operation = operationOf(flow)
    const record = lazyRecord(fields, reply, sourcePort, status)
    return {
      type: 'request',
      time,
      key,
      cluster,
      reporter,
      from,
      to,
      fromIp,
      toIp,
      port,
      protocol,
      verdict,
      reason,
      encryption,
      counts,
      l7,
      requests,
      responses,
      clientErrors,
      serverErrors,
      latency,
      operation,
      code,
      record,
    }
  }
}

/** A function of its own, so that no name is given to a closure per flow. */
function lazyRecord(
  fields: () => Fields,
  reply: boolean,
  sourcePort: number,
  status: number | undefined,
): () => FlowRecord {
  return () => buildRecord(fields(), { reply, sourcePort, status })
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

import type { Pod } from '../model/cluster'
import { type Fields, encode } from '../protobuf'
import type { CallMade, Witness } from '../traffic/made'
import { databaseWords, grpcWords, httpWords, isDatabase, type SpanWords, topicWords } from './conventions'
import { attributeFields, exportRequest, spanKind, statusError } from './messages'
import { type Instrumented, instrumentedOf, resourceOf } from './services'

/** What the way there takes: the callee's span begins later and is shorter. Milliseconds. */
const hopMs = 0.4
const flushMs = 1_000

type Batch = { readonly pod: Pod; readonly by: Instrumented; readonly spans: Fields[] }

/**
 * Spans of the instrumented workloads, handed over once a second as one export request, as a
 * collector forwards what the SDKs sent it: `send(request, spans in it)`.
 */
export function createSpans(cluster: string, send: (request: Buffer, spans: number) => void): Witness {
  const batches = new Map<string, Batch>()
  /** The newest message of each topic: what consumers take. */
  const produced = new Map<string, CallMade>()
  let flushed: number | null = null

  const add = (pod: Pod | null, span: (by: Instrumented) => Fields) => {
    const by = instrumentedOf(pod?.workload ?? null)
    if (!pod || !by) return
    let batch = batches.get(pod.uid)
    if (!batch) batches.set(pod.uid, (batch = { pod, by, spans: [] }))
    batch.spans.push(span(by))
  }
  const flush = () => {
    if (!batches.size) return
    const all = [...batches.values()]
    batches.clear()
    const resourceSpans = all.map(({ pod, by, spans }) => ({
      resource: { attributes: attributeFields(resourceOf(pod, cluster, by)) },
      scopeSpans: [{ scope: { name: `demo-${by.language}`, version: by.version }, spans }],
    }))
    send(
      encode(exportRequest, { resourceSpans }),
      all.reduce((sum, { spans }) => sum + spans.length, 0),
    )
  }
  return {
    made(call) {
      const { from, to, protocol } = call
      // What carries spans is not traced itself.
      if (to.workload?.spec.name === 'otel-collector') return
      if (protocol === 'http' || protocol === 'grpc') {
        const words = protocol === 'http' ? httpWords : grpcWords
        add(from.pod, ({ isNew }) => spanOf(call, spanKind.client, words(call, false, isNew)))
        if (!call.denied && !call.refusal)
          add(to.pod, ({ isNew }) => spanOf(call, spanKind.server, words(call, true, isNew)))
      } else if (isDatabase(call)) {
        add(from.pod, ({ isNew }) => spanOf(call, spanKind.client, databaseWords(call, isNew)))
      } else if (protocol === 'kafka') {
        const isProducer = from.workload?.spec.name === 'orders'
        if (isProducer) produced.set(call.operation, call)
        const kind = isProducer ? spanKind.producer : spanKind.consumer
        const message = isProducer ? undefined : produced.get(call.operation)
        if (!isProducer && !message) return
        add(from.pod, ({ isNew }) => spanOf(call, kind, topicWords(call, isProducer, isNew), message))
      }
    },
    lived(until) {
      const due = Math.floor(until / flushMs)
      if (flushed !== null && due !== flushed) flush()
      flushed = due
    },
  }
}

/** `message`: the call that sent what this consumer takes. */
function spanOf(call: CallMade, kind: number, { name, attributes }: SpanWords, message?: CallMade): Fields {
  const isServer = kind === spanKind.server
  const callerIsTraced = instrumentedOf(call.from.workload) !== null
  const parent = isServer ? (callerIsTraced ? call.clientSpanId : '') : (message?.clientSpanId ?? call.parentSpanId)
  const isError = call.failed || call.denied !== null || (!isServer && (call.httpCode ?? 0) >= 400)
  const start = isServer ? call.time + hopMs : call.time
  return {
    traceId: Buffer.from(message?.traceId ?? call.traceId, 'hex'),
    spanId: Buffer.from(isServer ? call.serverSpanId : call.clientSpanId, 'hex'),
    parentSpanId: parent ? Buffer.from(parent, 'hex') : undefined,
    name,
    kind,
    start,
    end: start + call.latency + (isServer ? 0 : 2 * hopMs),
    attributes: attributeFields(attributes),
    status: isError ? { code: statusError } : undefined,
    flags: 0x101,
  }
}

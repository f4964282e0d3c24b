import {
  type sendUnaryData,
  Server,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  status,
} from '@grpc/grpc-js'
import { createDoor, type Door } from '../hubble-relay/door'
import { credentials, type TlsFiles } from '../hubble-relay/relay'
import { decode, type Decoded, encode, type Message, numberOf } from '../protobuf'
import { flowResult, hintsRequest, hintsResult, listRequest, listResult, streamRequest } from './messages'
import { type Bucket, bucketSeconds, type Counted, keptBuckets, type Ring } from './ring'
import { filterOf, hintOf, sortFlows, sumFlows } from './select'

const maxStreams = 100
/** Flows written to a stream that its client has not yet read. */
const maxUnread = 50_000

const raw = (data: Buffer) => data
const method = (name: string, responseStream: boolean) => ({
  path: `/goldmane.Flows/${name}`,
  requestStream: false,
  responseStream,
  requestSerialize: raw,
  requestDeserialize: raw,
  responseSerialize: raw,
  responseDeserialize: raw,
})
const service: ServiceDefinition = {
  List: method('List', false),
  Stream: method('Stream', true),
  FilterHints: method('FilterHints', false),
}

const fieldsOf = ({ id, report, start, end, ...counters }: Counted) => ({
  id,
  flow: {
    ...counters,
    key: report.key,
    startTime: start,
    endTime: end,
    sourceLabels: report.sourceLabels,
    destLabels: report.destLabels,
  },
})

export type GoldmaneOptions = {
  readonly ring: Ring
  readonly port: number
  readonly tls?: TlsFiles
  readonly now: () => number
}

/** Serves goldmane.Flows on loopback from the ring, as Calico's Goldmane does. */
export async function startGoldmane({ ring, port, tls, now }: GoldmaneOptions): Promise<Door> {
  let streams = 0
  const absolute = (seconds: number) => (seconds < 0 ? Math.floor(now() / 1000) + seconds : seconds)
  /** Buckets that begin in [gte, lt); 0 is the oldest and now. */
  const between = (request: Decoded): Bucket[] | null => {
    const from = absolute(numberOf(request, 'startTimeGte'))
    const to = absolute(numberOf(request, 'startTimeLt')) || Math.floor(now() / 1000)
    return from < to ? ring.buckets.filter(({ start }) => start >= from && start < to) : null
  }
  const list = (data: Buffer): Buffer | string => {
    const request = decode(listRequest, data)
    const buckets = between(request)
    if (!buckets) return 'start time must be before end time'
    const flows = sortFlows(sumFlows(buckets, filterOf(request['filter']?.[0] as Decoded)), request['sortBy'] ?? [])
    if (!flows) return 'unsupported sort'
    return page(request, flows, (meta, own) => encode(listResult, { meta, flows: own.map(fieldsOf) }))
  }
  const hints = (data: Buffer): Buffer | string => {
    const request = decode(hintsRequest, data)
    const buckets = between(request)
    const of = hintOf[numberOf(request, 'type')]
    if (!buckets || !of) return 'unsupported filter type or times'
    const flows = sumFlows(buckets, filterOf(request['filter']?.[0] as Decoded))
    const values = [...new Set(flows.flatMap(({ report }) => of(report.key)))].sort()
    return page(request, values, (meta, own) => encode(hintsResult, { meta, hints: own.map((value) => ({ value })) }))
  }
  const stream = (call: ServerWritableStream<Buffer, Buffer>) => {
    if (streams >= maxStreams)
      return void call.emit('error', { code: status.RESOURCE_EXHAUSTED, details: 'too many streams' })
    const request = tryDecode(streamRequest, call.request)
    if (!request) return void call.emit('error', { code: status.INTERNAL, details: 'error unmarshalling request' })
    streams++
    const filter = filterOf(request['filter']?.[0] as Decoded)
    const from = absolute(numberOf(request, 'startTimeGte'))
    const send = ({ flows }: Bucket) => {
      // A client that does not read loses flows, and is not told.
      if (call.writableLength > maxUnread) return
      for (const flow of flows.values()) if (filter(flow.report.key)) call.write(encode(flowResult, fieldsOf(flow)))
    }
    // 0 is now; older than the ring is no backfill, and nobody is told.
    const oldest = Math.floor(now() / 1000) - keptBuckets * bucketSeconds
    if (from >= oldest) for (const bucket of ring.buckets) if (bucket.start >= from) send(bucket)
    const stop = ring.onBucket(send)
    let isOpen = true
    const release = () => {
      if (isOpen) streams--
      isOpen = false
      stop()
    }
    call.on('cancelled', release)
    call.on('close', release)
  }
  const unary = (answer: (data: Buffer) => Buffer | string) => {
    return (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
      try {
        const answered = answer(call.request)
        if (typeof answered === 'string') callback({ code: status.UNKNOWN, details: answered })
        else callback(null, answered)
      } catch {
        callback({ code: status.INTERNAL, details: 'error unmarshalling request' })
      }
    }
  }
  const server = new Server()
  server.addService(service, { List: unary(list), FilterHints: unary(hints), Stream: stream })
  const injector = server.createConnectionInjector(credentials(tls))
  return createDoor(port, (socket) => injector.injectConnection(socket))
}

function tryDecode(message: Message, data: Buffer): Decoded | null {
  try {
    return decode(message, data)
  } catch {
    return null
  }
}

/** Pages count from 0; a size of 0 is everything; beyond the end is nothing, with zeros. */
function page<T>(
  request: Decoded,
  all: readonly T[],
  build: (meta: { totalPages: number; totalResults: number }, items: readonly T[]) => Buffer,
): Buffer {
  const size = numberOf(request, 'pageSize') || Math.max(1, all.length)
  const index = numberOf(request, 'page')
  const items = all.slice(index * size, (index + 1) * size)
  if (!items.length) return build({ totalPages: 0, totalResults: 0 }, [])
  return build({ totalPages: Math.ceil(all.length / size), totalResults: all.length }, items)
}

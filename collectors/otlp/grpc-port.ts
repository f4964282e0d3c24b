import {
  type sendUnaryData,
  type ServerInterceptor,
  type ServerUnaryCall,
  type StatusObject,
  Metadata,
  Server,
  ServerInterceptingCall,
  status,
} from '@grpc/grpc-js'
import { type Certificates, serverCredentials } from '@/collectors/kit/tls'
import { toError } from '@/server/errors'
import { partialSuccess } from './answer'
import type { Intake, IntakeLimits } from './intake'
import { type Port, cannotListen } from './listen'
import type { Gate } from './token'

const closeMs = 1_000
const raw = (bytes: Buffer) => bytes

const service = {
  Export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: raw,
    requestDeserialize: raw,
    responseSerialize: raw,
    responseDeserialize: raw,
  },
} as const

const refusal = (code: status, details: string): StatusObject => ({ code, details, metadata: new Metadata() })
/** UNAVAILABLE is what senders try again after, with growing pauses. */
const full = refusal(status.UNAVAILABLE, 'Oriel is busy: send again later.')
const malformed = refusal(status.INVALID_ARGUMENT, 'The message is no ExportTraceServiceRequest.')
const noToken = refusal(status.UNAUTHENTICATED, 'Send the bearer token of this source.')

/** Listens for OTLP over gRPC. Throws AppError('unavailable') where it cannot. */
export async function openGrpcPort(
  address: string,
  files: Certificates | null,
  intake: Intake,
  gate: () => Gate,
  limits: IntakeLimits,
): Promise<Port> {
  const server = new Server({
    // Counts for the message before and after gzip.
    'grpc.max_receive_message_length': limits.maxBody,
    'grpc.max_concurrent_streams': 32,
    // Finds senders that are gone without a word.
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
    interceptors: [createDoor(intake, gate)],
  })
  server.addService(service, {
    Export(call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) {
      const received = intake.take(call.request, 'protobuf', peerOf(call.getPeer()))
      if (received.type === 'accepted') answer(null, partialSuccess(received.rejected, received.reason))
      else answer(received.type === 'full' ? full : malformed)
    },
  })
  const credentials = serverCredentials(files)
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address, credentials, (error, bound) => {
      if (error) reject(cannotListen('grpc', address, toError(error).message))
      else resolve(bound)
    })
  })
  return {
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.tryShutdown(() => resolve()))
      const cut = setTimeout(() => server.forceShutdown(), closeMs)
      await closed
      clearTimeout(cut)
    },
  }
}

/** Turns callers away by their headers, before their message is read. */
function createDoor(intake: Intake, gate: () => Gate): ServerInterceptor {
  return (_, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata(metadata, proceed) {
            const authorization = metadata.get('authorization')[0]
            if (!gate()(typeof authorization === 'string' ? authorization : undefined)) call.sendStatus(noToken)
            else if (intake.full) call.sendStatus(full)
            else proceed(metadata)
          },
        }),
    })
}

/** The address without the port, which differs for each connection. */
const peerOf = (peer: string) => peer.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')

import { type ClientReadableStream, Client, type ServiceError, status } from '@grpc/grpc-js'
import { AppError } from '@/server/errors'
import type { HubbleConfig } from './config'
import { type Certificates, channelCredentials, isTlsError } from '@/collectors/kit/tls'
import { type Fields, decodeFields } from './fields'
import { getNodes, serverStatus } from './schema'
import { getFlowsRequest } from './requests'

/** A connection to Relay. Messages stay raw, because decoding them all would cost more than the transport. */
export type HubbleClient = {
  /** Flows since a time (milliseconds) and onwards; null: onwards only. */
  follow(since: number | null, masked: boolean): ClientReadableStream<Buffer>
  /** Fields of ServerStatusResponse. Throws ServiceError. */
  status(): Promise<Fields>
  /** Fields of GetNodesResponse; null where the server has no such call (a single node's). */
  nodes(): Promise<Fields | null>
  close(): void
}

export type ClientTimings = {
  readonly keepaliveMs: number
  readonly keepaliveTimeoutMs: number
  readonly callMs: number
}

const raw = (bytes: Buffer) => bytes
const empty = Buffer.alloc(0)

/**
 * Flows and status have a connection each: a paused stream fills its connection's window, and status
 * must not wait for that. Pings find a peer that is gone without a word. They are as rare as servers
 * allow on a silent stream; on one with traffic, every message excuses them.
 */
export function createClient(config: HubbleConfig, files: Certificates | null, timings: ClientTimings): HubbleClient {
  const options = {
    'grpc.keepalive_time_ms': timings.keepaliveMs,
    'grpc.keepalive_timeout_ms': timings.keepaliveTimeoutMs,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_retries': 0,
    ...(config.tls?.serverName && {
      'grpc.ssl_target_name_override': config.tls.serverName,
      'grpc.default_authority': config.tls.serverName,
    }),
  }
  const streams = new Client(config.address, channelCredentials(config.tls, files), options)
  const calls = new Client(config.address, channelCredentials(config.tls, files), options)

  const call = (method: string) =>
    new Promise<Buffer>((resolve, reject) => {
      const deadline = Date.now() + timings.callMs
      calls.makeUnaryRequest(`/observer.Observer/${method}`, raw, raw, empty, { deadline }, (error, value) => {
        if (error) reject(error)
        else resolve(value ?? empty)
      })
    })

  return {
    follow: (since, masked) =>
      streams.makeServerStreamRequest('/observer.Observer/GetFlows', raw, raw, getFlowsRequest(since, masked)),
    async status() {
      const message = await call('ServerStatus')
      return decodeFields(message, 0, message.length, serverStatus)
    },
    async nodes() {
      try {
        const message = await call('GetNodes')
        return decodeFields(message, 0, message.length, getNodes)
      } catch (thrown) {
        if (isServiceError(thrown) && thrown.code === status.UNIMPLEMENTED) return null
        throw thrown
      }
    },
    close() {
      streams.close()
      calls.close()
    },
  }
}

export const isServiceError = (thrown: unknown): thrown is ServiceError =>
  thrown instanceof Error && 'code' in thrown && 'details' in thrown

/** Whether a server turned down the field mask rather than the whole request. */
export const refusesMask = (error: Error): boolean =>
  isServiceError(error) &&
  (error.code === status.INVALID_ARGUMENT || (error.code === status.INTERNAL && /mask/i.test(error.details)))

/** The stream's end in words that say what to do next. */
export function explain(error: Error, { address, tls }: HubbleConfig): AppError {
  const service = isServiceError(error) ? error : null
  const details = service ? `${status[service.code] ?? service.code}: ${plain(service.details)}` : error.message
  return new AppError(
    'unavailable',
    `The flow stream of Hubble at ${address} ended (${details}). ${hintOf(details, tls)}`,
    {
      cause: error,
    },
  )
}

function hintOf(details: string, tls: HubbleConfig['tls']): string {
  if (/wrong version number/i.test(details))
    return 'The port does not speak TLS: leave tls out, or give the port that does.'
  if (isTlsError(details)) return 'Check the source’s tls settings against the certificate that Relay serves.'
  if (/name resolution failed/i.test(details)) return 'Check the host in the source’s address.'
  if (/UNIMPLEMENTED|protocol error|unexpected end of stream/i.test(details))
    return `Check that the address is that of Hubble Relay${tls ? '' : ', and whether it wants TLS (tls: {})'}.`
  return 'Check that Hubble Relay runs and can be reached from here.'
}

/** The library's words without its time stamp, its source lines and its empty notes. */
const plain = (details: string): string =>
  details
    .replace(/\s*Resolution note:\s*$/, '')
    .replace(/Error: [0-9A-F]+:(error:[^:]*:[^:]*:[^:]*:[^:]*)\S*/, '$1')
    .replace(/ \(\d{4}-\d\d-\d\dT[^)]*\)/, '')
    .replace(/[.\s]+$/, '')

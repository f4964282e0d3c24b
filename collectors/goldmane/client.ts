import { type ClientReadableStream, Client, type ServiceError, status } from '@grpc/grpc-js'
import { type Certificates, channelCredentials, isTlsError } from '@/collectors/kit/tls'
import { AppError } from '@/server/errors'
import type { GoldmaneConfig } from './config'

export type ClientTimings = { readonly keepaliveMs: number; readonly keepaliveTimeoutMs: number }

/** A connection to Goldmane. Messages stay raw, because decoding them all would cost more than the transport. */
export type GoldmaneClient = {
  /** Flows of buckets that start at this second or later; negative: so many seconds before the server's now. */
  follow(startGte: number): ClientReadableStream<Buffer>
  close(): void
}

const raw = (bytes: Buffer) => bytes

/** Nothing is sent while the cluster is idle; pings find a peer that is gone without a word. */
export function createClient(
  config: GoldmaneConfig,
  files: Certificates | null,
  timings: ClientTimings,
): GoldmaneClient {
  const client = new Client(config.address, channelCredentials(config.tls, files), {
    'grpc.keepalive_time_ms': timings.keepaliveMs,
    'grpc.keepalive_timeout_ms': timings.keepaliveTimeoutMs,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_retries': 0,
    ...(config.tls?.serverName && {
      'grpc.ssl_target_name_override': config.tls.serverName,
      'grpc.default_authority': config.tls.serverName,
    }),
  })
  return {
    follow: (startGte) => client.makeServerStreamRequest('/goldmane.Flows/Stream', raw, raw, streamRequest(startGte)),
    close: () => client.close(),
  }
}

/** FlowStreamRequest with start_time_gte (1, int64). A start of 0 would mean no history at all. */
export function streamRequest(startGte: number): Buffer {
  const bytes = [8]
  let rest = BigInt.asUintN(64, BigInt(Math.trunc(startGte) || -1))
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}

/** The stream's end in words that say what to do next. */
export function explain(error: Error, config: GoldmaneConfig): AppError {
  const service = isServiceError(error) ? error : null
  const details = service ? `${status[service.code] ?? service.code}: ${service.details}` : error.message
  return new AppError(
    'unavailable',
    `The flow stream of Goldmane at ${config.address} ended (${details}). ${hintOf(service, details, config)}`,
    { cause: error },
  )
}

function hintOf(service: ServiceError | null, details: string, { tls }: GoldmaneConfig): string {
  if (service?.code === status.RESOURCE_EXHAUSTED || /failed to establish new stream/i.test(details))
    return 'Goldmane serves at most 100 streams: close other clients of it, or wait.'
  if (service?.code === status.UNIMPLEMENTED)
    return 'Check that the address is that of Goldmane (Calico 3.30 or newer).'
  if (tls && !tls.cert)
    return 'Goldmane asks for a client certificate: set tls.cert and tls.key to the files of the Secret whisker-backend-key-pair in calico-system.'
  if (isTlsError(details)) return 'Check the source’s tls settings against the certificates in calico-system.'
  if (!tls && service?.code === status.UNAVAILABLE)
    return 'Check that Goldmane runs and can be reached from here; where the operator installed it, it speaks TLS only, so tls must be set.'
  return 'Check that Goldmane runs and can be reached from here.'
}

const isServiceError = (thrown: Error): thrown is ServiceError => 'code' in thrown && 'details' in thrown

import type { EndpointRef } from '@/core/endpoint'
import type { Attributes } from './attributes'

export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer'

/** By OTLP's number. */
export const spanKinds: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']

/** Who made a span: one object for all spans of the same resource. */
export type Service = {
  readonly ref: EndpointRef
  /** The same for all pods of one workload, different for workloads of one name in two namespaces. */
  readonly identity: string
  readonly name: string
  /** Language and version of the SDK, for people; '' where it is not told. */
  readonly sdk: string
}

/** A finished span, with the attributes that Oriel reads. */
export type Span = {
  /** Trace id and span id, a character a byte: names the span among all. */
  readonly key: string
  /** Key of the parent; '' of a root. */
  readonly parent: string
  /** Keys of the spans that this one links to. */
  readonly links: readonly string[]
  readonly kind: SpanKind
  readonly name: string
  /** When it ended, milliseconds since the epoch. */
  readonly time: number
  /** Milliseconds. */
  readonly duration: number
  readonly failed: boolean
  readonly service: Service
  readonly attributes: Attributes
}

/** What one export request or line held. `rejected`: spans that could not be read, `reason` says of the last of them why. */
export type Spans = { readonly spans: readonly Span[]; readonly rejected: number; readonly reason: string }

/** Links of one span that are followed; SDKs keep 128. */
export const maxLinks = 128
export const maxName = 200

const traceIdLength = 16

export const hexTraceId = (key: string): string => hex(key.slice(0, traceIdLength))
export const hexSpanId = (key: string): string => hex(key.slice(traceIdLength, traceIdLength + 8))
const hex = (bytes: string) => Buffer.from(bytes, 'latin1').toString('hex')

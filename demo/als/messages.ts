import { type Fields, type Message, time } from '../protobuf'

/** The parts of Envoy's access log service that a proxy of Istio sends. */
const value: Message = {
  numberValue: [2, 'double', 'present'],
  stringValue: [3, 'string', 'present'],
  structValue: [5, () => struct],
}
export const struct: Message = { fields: [1, { key: [1, 'string'], value: [2, value] }] }
const any: Message = { typeUrl: [1, 'string'], value: [2, 'bytes'] }
const address: Message = { socket: [1, { address: [2, 'string'], port: [3, 'uint32'] }] }
const number: Message = { value: [1, 'uint32', 'present'] }
const certificate: Message = { subjectAltName: [1, { uri: [1, 'string'] }], subject: [2, 'string'] }
const tls: Message = {
  version: [1, 'int32'],
  cipherSuite: [2, number],
  sni: [3, 'string'],
  local: [4, certificate],
  peer: [5, certificate],
}
const common: Message = {
  downstreamRemote: [2, address],
  downstreamLocal: [3, address],
  tls: [4, tls],
  startTime: [5, time],
  lastRx: [6, time],
  firstUpstreamTx: [7, time],
  lastUpstreamTx: [8, time],
  firstUpstreamRx: [9, time],
  lastUpstreamRx: [10, time],
  firstDownstreamTx: [11, time],
  lastDownstreamTx: [12, time],
  upstreamRemote: [13, address],
  upstreamLocal: [14, address],
  upstreamCluster: [15, 'string'],
  flags: [
    16,
    {
      upstreamTimeout: [3, 'bool'],
      upstreamConnectionFailure: [6, 'bool'],
      upstreamConnectionTermination: [7, 'bool'],
    },
  ],
  upstreamFailure: [18, 'string'],
  routeName: [19, 'string'],
  downstreamDirect: [20, address],
  filterState: [21, { key: [1, 'string'], value: [2, any] }],
  duration: [23, time],
  attempts: [24, 'uint32'],
  terminationDetails: [25, 'string'],
  streamId: [26, 'string'],
  downstreamSent: [29, 'int64'],
  downstreamReceived: [30, 'int64'],
  upstreamSent: [31, 'int64'],
  upstreamReceived: [32, 'int64'],
  logType: [33, 'int32'],
}
const header: Message = { key: [1, 'string'], value: [2, 'string'] }
export const httpEntry: Message = {
  common: [1, common],
  version: [2, 'int32'],
  request: [
    3,
    {
      method: [1, 'int32'],
      scheme: [2, 'string'],
      authority: [3, 'string'],
      path: [5, 'string'],
      userAgent: [6, 'string'],
      requestId: [9, 'string'],
      headersBytes: [11, 'int64'],
      bodyBytes: [12, 'int64'],
      headers: [13, header],
    },
  ],
  response: [
    4,
    {
      code: [1, number],
      headersBytes: [2, 'int64'],
      bodyBytes: [3, 'int64'],
      trailers: [5, header],
      details: [6, 'string'],
    },
  ],
}
export const tcpEntry: Message = {
  common: [1, common],
  connection: [2, { received: [1, 'int64'], sent: [2, 'int64'] }],
}

const node: Message = {
  id: [1, 'string'],
  cluster: [2, 'string'],
  metadata: [3, struct],
  userAgentName: [6, 'string'],
  userAgentVersion: [7, 'string'],
}
/** Entries are encoded before. */
const entries: Message = { entry: [1, 'bytes'] }
export const logsMessage: Message = {
  identifier: [1, { node: [1, node], logName: [2, 'string'] }],
  http: [2, entries],
  tcp: [3, entries],
}

export type Json = { readonly [name: string]: string | number | Json }

/** A google.protobuf.Struct of texts, numbers and objects. */
export const structFields = (json: Json): Fields => ({
  fields: Object.entries(json).map(([key, item]) => ({
    key,
    value:
      typeof item === 'string'
        ? { stringValue: item }
        : typeof item === 'number'
          ? { numberValue: item }
          : { structValue: structFields(item) },
  })),
})

export const logType = { tcpEnd: 3, downstreamEnd: 6 } as const

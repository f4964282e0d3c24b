import protobuf from 'protobufjs/minimal.js'

/** GetFlowsRequest as far as the relay obeys it; times in milliseconds, `filtered` where any filter says something. */
export type FlowsRequest = {
  readonly number: number
  readonly follow: boolean
  readonly first: boolean
  readonly since: number | null
  readonly until: number | null
  readonly filtered: boolean
}

/** Reads a GetFlowsRequest; unknown fields are skipped. Throws on bytes that are no protobuf. */
export function decodeFlowsRequest(data: Uint8Array): FlowsRequest {
  const reader = protobuf.Reader.create(data)
  const request = {
    number: 0,
    follow: false,
    first: false,
    since: null as number | null,
    until: null as number | null,
    filtered: false,
  }
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    switch (tag >>> 3) {
      case 1:
        request.number = Number(reader.uint64())
        break
      case 3:
        request.follow = reader.bool()
        break
      case 5:
      case 6:
        // An empty filter lets everything pass.
        if (reader.bytes().length > 0) request.filtered = true
        break
      case 7:
        request.since = timestamp(reader)
        break
      case 8:
        request.until = timestamp(reader)
        break
      case 9:
        request.first = reader.bool()
        break
      default:
        reader.skipType(tag & 7)
    }
  }
  return request
}

function timestamp(reader: protobuf.Reader): number {
  const end = reader.uint32() + reader.pos
  let ms = 0
  while (reader.pos < end) {
    const tag = reader.uint32()
    if (tag >>> 3 === 1) ms += Number(reader.int64()) * 1000
    else if (tag >>> 3 === 2) ms += reader.int32() / 1e6
    else reader.skipType(tag & 7)
  }
  return ms
}

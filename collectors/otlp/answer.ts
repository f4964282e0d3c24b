/** ExportTraceServiceResponse and google.rpc.Status, in protobuf and JSON (OTLP specification, “OTLP/HTTP Response”). */

export const partialSuccess = (rejected: number, reason: string): Buffer => {
  if (rejected === 0) return Buffer.alloc(0)
  const message = Buffer.from(reason)
  const inner = Buffer.concat([Buffer.from([0x08, ...varint(rejected)]), lengthDelimited(0x12, message)])
  return lengthDelimited(0x0a, inner)
}

export const partialSuccessJson = (rejected: number, reason: string): string =>
  rejected === 0 ? '{}' : JSON.stringify({ partialSuccess: { rejectedSpans: String(rejected), errorMessage: reason } })

export const statusMessage = (code: number, message: string): Buffer =>
  Buffer.concat([Buffer.from([0x08, ...varint(code)]), lengthDelimited(0x12, Buffer.from(message))])

export const statusJson = (code: number, message: string): string => JSON.stringify({ code, message })

const lengthDelimited = (tag: number, bytes: Buffer) =>
  Buffer.concat([Buffer.from([tag, ...varint(bytes.length)]), bytes])

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  bytes.push(rest)
  return bytes
}

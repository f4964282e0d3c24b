/** Where records keep the id of their trace: spans, and headers that proxies were told to log. */
const fields = ['trace_id', 'traceId', 'x-b3-traceid', 'x-datadog-trace-id', 'uber-trace-id', 'traceparent'] as const

/** W3C's header holds the id between version and span: `00-<32 hex>-<16 hex>-01`. */
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-/
const hex = /^(?=.*[1-9a-f])[0-9a-f]{16,32}(?=$|:)/

/** The id of the trace that a raw record belongs to, in hex; null where it names none. Fields may have any prefix (`request.request_headers.`). */
export function traceIdOf(record: Readonly<Record<string, unknown>>): string | null {
  for (const field of fields)
    for (const [name, value] of Object.entries(record)) {
      if (typeof value !== 'string' || !(name === field || name.endsWith(`.${field}`))) continue
      const text = value.toLowerCase()
      const id = traceparent.exec(text)?.[1] ?? hex.exec(text)?.[0]
      if (id) return id
    }
  return null
}

import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { headersFor } from './headers'

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[]

/** An answer that leaves with the security headers, whoever writes it: a route, Next itself, or Node for what it cannot read. */
export class SafeResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  override writeHead(status: number, reason?: string, headers?: Headers): this
  override writeHead(status: number, headers?: Headers): this
  override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
    if (!this.headersSent)
      for (const [name, value] of Object.entries(headersFor(this.req.url ?? '')))
        if (!this.hasHeader(name)) this.setHeader(name, value)
    return typeof reason === 'string'
      ? super.writeHead(status, reason, headers)
      : super.writeHead(status, reason ?? headers)
  }
}

import { clean, scrubUrl } from '@/collectors/kit/text'
import { isTlsError } from '@/collectors/kit/tls'
import { AppError, toError } from '@/server/errors'
import type { HttpAnswer } from './http'
import type { ApiFrame } from './parse-json'

/** Why no answer came from the query API, and what to do. */
export function explainError(thrown: unknown, url: URL, maxSeries: number): AppError {
  if (thrown instanceof AppError) return thrown
  const error = toError(thrown)
  const code = codeOf(error)
  const reason =
    code === 'TOO_LARGE'
      ? `${clean(error.message, 200)}; at most ${maxSeries} series are let in. Name fewer families, or raise maxSeries and the memory that the collector may take.`
      : reasonOf(error)
  return new AppError('unavailable', `Prometheus at ${addressOf(url)}: ${reason}`)
}

const codeOf = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : '')

export const addressOf = (url: URL): string => scrubUrl(`${url.origin}${url.pathname.replace(/\/$/, '')}`)

/** Why no answer came, and what to do, for any peer that speaks HTTP. */
export function reasonOf(error: Error): string {
  const code = codeOf(error)
  const { message } = error
  const said = clean(message, 200)
  switch (code) {
    case 'TIMEOUT':
      return `${said}. Check that it is up and not overloaded, or raise timeoutMs.`
    case 'CUT_OFF':
    case 'BROKEN_GZIP':
      return `${said}. Check the server’s log and any proxy before it.`
    case 'ECONNREFUSED':
      return 'nothing listens there. Check that it runs, and the url with its port.'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name is not known here. Check the url, and whether this process can resolve names of the cluster.'
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection was closed. Check the server’s log, and whether the port wants https.'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return 'it cannot be reached. Check the url and the network policies on the way.'
    default:
      break
  }
  if (code.startsWith('HPE_')) return 'the port does not speak HTTP. Check the port, and whether it wants https.'
  if (code === 'EPROTO' || /wrong version number|packet length too long/i.test(message))
    return 'the port does not speak TLS. Write http:// in the url, or give the TLS port.'
  if (/self.signed|unable to (verify|get)/i.test(message) || /SELF_SIGNED|UNABLE_TO/.test(code))
    return `its certificate is not signed by an authority that is known here (${said}). Give that authority’s PEM file as tls.ca.`
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate has expired. Renew it.'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is for another name (${said}). Use that name in the url, or give it as tls.serverName.`
  if (isTlsError(`${code} ${message}`)) return `TLS failed (${said}). Check the source’s tls settings.`
  return `${said}. Check the url and that the server runs.`
}

/** What an answer said. Throws an AppError where that is a failure. `start`: the first characters of the body. */
export function checkAnswer(answer: HttpAnswer, frame: ApiFrame | null, start: string, url: URL): ApiFrame {
  const wrong = wrongAnswer(answer.status, answer.headers, frame, start)
  if (wrong === null && frame) return frame
  throw new AppError('unavailable', `Prometheus at ${addressOf(url)}: ${wrong ?? notApi}`)
}

const notApi = 'its answer is not that of a query API, or was cut off. Check the url, and any proxy before it.'

function wrongAnswer(
  status: number,
  headers: Readonly<Record<string, string>>,
  frame: ApiFrame | null,
  start: string,
): string | null {
  const said = frame?.error || (looksLikeHtml(start) ? '' : start)
  const words = clean(said.replace(/\s+/g, ' ').trim(), 300)
  const quoted = words === '' ? '' : `: “${words}”`
  if (/org.?id|tenant/i.test(words) && status >= 400)
    return `it asks for a tenant (HTTP ${status}${quoted}). Give the tenant’s header under headers, such as X-Scope-OrgID.`
  if (status === 401 || status === 403)
    return `it does not let Oriel in (HTTP ${status}${quoted}). Check bearerTokenFile or basic, and what that user may query.`
  if (status === 404)
    return `there is no query API below this address (HTTP 404). Check the path prefix of the url: Mimir’s is /prometheus.`
  if (status === 405)
    return 'it does not take queries by POST (HTTP 405). Check that any proxy before it lets POST pass.'
  if (status >= 300 && status < 400)
    return `it answers with a redirect (HTTP ${status}) to ${scrubUrl(headers.location ?? 'nowhere')}. Use the final address, or one that asks for no login page.`
  if (status === 429)
    return `it turns down queries for now (HTTP 429${quoted}). Raise intervalMs, or the tenant’s limits.`
  if (status === 400 || status === 422)
    return `it turns down the query (HTTP ${status}${quoted}). If that names a limit, raise it or name fewer families.`
  if (status >= 500) return `it fails (HTTP ${status}${quoted}). Check the server’s log.`
  if (status !== 200) return `it answers with HTTP ${status}${quoted}. Check the url.`
  if (!frame)
    return looksLikeHtml(start)
      ? 'it answers with a web page instead of JSON. Check the path prefix of the url, and whether a login page stands before it.'
      : notApi
  if (frame.status !== 'success') return `it answers with an error${quoted}. Check the server’s log.`
  if (frame.resultType !== 'matrix')
    return `it answers with a ${clean(frame.resultType, 50) || 'result of no type'} where raw samples were asked for. Check that the url is that of a Prometheus query API.`
  return null
}

const looksLikeHtml = (start: string) => /^\s*</.test(start)

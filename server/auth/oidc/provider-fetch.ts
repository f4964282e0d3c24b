import { lookup } from 'node:dns'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { LoginFailure } from '../login-failure'

type Options = {
  readonly method: string
  readonly headers: Readonly<Record<string, string>> | Headers
  /** Text or a form; these libraries send nothing else. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** What providers say is short; keys of many clients are some kilobytes. */
const maxBytes = 1024 * 1024
const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Addresses at which no provider is: this machine, its link, a cloud's metadata, groups. */
const refused = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['224.0.0.0', 3],
] as const)
  refused.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 127],
  ['fe80::', 10],
  ['fd00:ec2::254', 128],
  ['64:ff9b::a9fe:0', 112],
  ['ff00::', 8],
] as const)
  refused.addSubnet(network, prefix, 'ipv6')

/** Whether nothing that a provider names may lead to this address. */
export const isRefusedAddress = (address: string): boolean =>
  refused.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/**
 * Why an address that a provider names in its metadata is not gone to; null where it may be. The issuer's own origin is
 * the operator's choice; elsewhere it must be https, and no address of this machine or its link.
 */
export function addressProblem(issuer: string, address: string): string | null {
  const url = URL.parse(address)
  const own = new URL(issuer)
  if (!url) return 'this is no address'
  if (url.origin === own.origin) return null
  const local = own.protocol === 'http:' && loopbackNames.has(own.hostname)
  if (local && url.protocol === 'http:' && loopbackNames.has(url.hostname)) return null
  if (url.protocol !== 'https:') return 'it is not https'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isRefusedAddress(host)))
    return 'it leads to this machine or its neighbours'
  return null
}

/**
 * `fetch` to a provider: follows no redirect, reads at most 1 MB, and connects to the very address that was checked, so
 * that a name which is resolved anew leads nowhere else. Throws LoginFailure for what `addressProblem` says.
 */
export const providerFetch =
  (issuer: string) =>
  async (address: string, options: Options): Promise<Response> => {
    const problem = addressProblem(issuer, address)
    if (problem !== null) throw new LoginFailure('provider-wrong', `${address} is not gone to: ${problem}`)
    const url = new URL(address)
    const body = options.body === undefined || options.body === null ? undefined : Buffer.from(String(options.body))
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = send(url, {
        method: options.method,
        headers: {
          ...Object.fromEntries(new Headers(options.headers)),
          ...(body && { 'content-length': body.length }),
        },
        signal: options.signal,
        ...(url.origin !== new URL(issuer).origin && { lookup: checkedLookup }),
      })
      request.on('response', resolve)
      request.on('error', (error) => reject(options.signal?.aborted ? options.signal.reason : error))
      request.end(body)
    })
    return responseOf(message)
  }

async function responseOf(message: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of message) {
    if (!Buffer.isBuffer(part)) continue
    size += part.length
    if (size > maxBytes) {
      message.destroy()
      throw new LoginFailure('provider-wrong', `the answer is larger than ${maxBytes} bytes`)
    }
    parts.push(part)
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers))
    if (value !== undefined) headers.set(name, [value].flat().join(', '))
  const status = message.statusCode ?? 502
  const empty = status === 204 || status === 205 || status === 304
  return new Response(empty ? null : Buffer.concat(parts), { status, headers })
}

const checkedLookup: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    const bad = addresses?.find(({ address }) => isRefusedAddress(address))
    if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), '', 0)
    if (bad) return callback(new LoginFailure('provider-wrong', `${hostname} leads to ${bad.address}`), '', 0)
    if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })

import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'
import type { KubeConnection } from './client'

export type Asked = { readonly path: string; readonly watch: boolean; readonly query: URLSearchParams }
export type Answer = (response: http.ServerResponse, asked: Asked) => void

export type FaultServer = {
  readonly connection: KubeConnection
  /** Every request so far. */
  readonly asked: readonly Asked[]
  stop(): Promise<void>
}

/** An API server on loopback that answers each request by the next of `answers`; the last one goes on for ever. */
export async function startFaultServer(...answers: Answer[]): Promise<FaultServer> {
  const asked: Asked[] = []
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const one = { path: url.pathname, watch: url.searchParams.has('watch'), query: url.searchParams }
    asked.push(one)
    answers[Math.min(asked.length, answers.length) - 1]?.(response, one)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const config = new KubeConfig()
  config.loadFromClusterAndUser({ name: 'c', server: address, skipTLSVerify: true }, { name: 'u' })
  return {
    connection: { config, server: address, cluster: 'c' },
    asked,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const object = (name: string, resourceVersion = '1') => ({ metadata: { name, uid: name, resourceVersion } })

export const listOf =
  (names: readonly string[], resourceVersion: string, next = ''): Answer =>
  (response) =>
    void response.end(
      JSON.stringify({ items: names.map((name) => object(name)), metadata: { resourceVersion, continue: next } }),
    )

export const status =
  (code: number, message = 'no'): Answer =>
  (response) =>
    void response.writeHead(code).end(JSON.stringify({ kind: 'Status', code, message }))

const text = (lines: readonly unknown[]) =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')

/** Sends the lines and stays open, saying nothing more. */
export const holding =
  (...lines: unknown[]): Answer =>
  (response) => {
    response.writeHead(200)
    response.flushHeaders()
    response.write(text(lines))
  }

/** Sends the lines and ends the watch as planned. */
export const ending =
  (...lines: unknown[]): Answer =>
  (response) =>
    void response.end(text(lines))

/** Sends the lines, then breaks the connection in the middle of another. */
export const breaking =
  (...lines: unknown[]): Answer =>
  (response) => {
    response.writeHead(200)
    response.write(`${text(lines)}{"type":"ADD`, () => response.destroy())
  }

/** Never answers at all. */
export const silent: Answer = () => {}

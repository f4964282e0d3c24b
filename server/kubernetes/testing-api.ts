import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { loadKubernetes } from './client'

const run = promisify(execFile)
const script = join(resolve(process.env.ORIEL_SHARED ?? '../shared'), 'kube', 'kube-api')
const hasEtcd = ['/usr/bin/etcd', '/usr/local/bin/etcd'].some((path) => existsSync(path))

/** Why there is no real API server for tests; '' where there is one. */
export const noKubeApi = !existsSync(script)
  ? `${script} is not there; set ORIEL_SHARED`
  : hasEtcd
    ? ''
    : 'etcd is not installed; apt-get install etcd-server'

export type KubeApi = {
  readonly kubeconfig: string
  /** Sends one object or none as admin; the answer, or an Error with the server's words. */
  send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<{ metadata: { uid: string } }>
  /** Makes etcd forget all versions but the newest, so that older ones are answered by 410. */
  compact(): Promise<void>
  stop(): Promise<void>
}

/** Starts a real API server for a test file, with its own data. Takes some seconds; stop it at the end. */
export async function startKubeApi(): Promise<KubeApi> {
  const folder = await mkdtemp(join(tmpdir(), 'oriel-kube-'))
  const { stdout } = await run(script, ['start', join(folder, 'api')])
  const kubeconfig = stdout.trim()
  const { server } = loadKubernetes({ kubeconfig, context: 'admin' })
  return {
    kubeconfig,
    send: (method, path, body) => send(server + path, method, body),
    async compact() {
      const etcd = /client requests on (127\.0\.0\.1:\d+)/.exec(
        await readFile(join(folder, 'api', 'etcd.log'), 'utf8'),
      )?.[1]
      const ask = async (path: string, body: object) => {
        const answer = await fetch(`http://${etcd}/v3/kv/${path}`, { method: 'POST', body: JSON.stringify(body) })
        return (await answer.json()) as { header: { revision: string } }
      }
      const { header } = await ask('range', { key: 'YQ==' })
      await ask('compaction', { revision: header.revision })
    },
    async stop() {
      await run(script, ['stop', join(folder, 'api')])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function send(url: string, method: string, body: unknown): Promise<{ metadata: { uid: string } }> {
  const headers = { Authorization: 'Bearer admin-token', 'Content-Type': 'application/json' }
  return new Promise((resolve, reject) => {
    // The server's certificate is made at its start and nobody's but the test's.
    const request = https.request(url, { method, headers, rejectUnauthorized: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        // A path of a kind that is not served is answered in plain words.
        const answer = text.startsWith('{') ? JSON.parse(text) : { message: text.trim() }
        if ((response.statusCode ?? 0) < 300) resolve(answer)
        else reject(new Error(`${method} ${url}: ${answer.message}`))
      })
    })
    request.on('error', reject)
    request.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

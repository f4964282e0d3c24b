import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import type { Terminal } from './terminal'

/** A new folder with these files. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-policy-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** Runs a command and gives what it wrote. */
export async function run(command: (terminal: Terminal) => Promise<number>, input = '') {
  const [out, err] = [new PassThrough(), new PassThrough()]
  const said = { out: '', err: '' }
  out.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  err.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const outcome = await command({ in: Readable.from([Buffer.from(input)]), out, err }).then(
    (code) => ({ code, thrown: '' }),
    (thrown: unknown) => ({ code: null, thrown: thrown instanceof Error ? thrown.message : String(thrown) }),
  )
  return { ...said, ...outcome }
}

/** A shop: `web` may reach `db` by the name of its port; the database is closed but for a range outside. */
export const shop = {
  'app/workloads.yaml': `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main }] } } }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: main, ports: [{ name: sql, containerPort: 5432 }] }] }
status: { podIP: 10.0.0.2 }
---
apiVersion: v1
kind: Pod
metadata:
  name: web-1
  namespace: shop
  labels: { app: web }
  ownerReferences: [{ kind: Deployment, name: web, controller: true }]
spec: { containers: [{ name: main }] }
status: { podIP: 10.0.0.1 }
`,
  'policies/db.yml': `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: sql }]
    - from: [{ ipBlock: { cidr: 192.0.2.0/24 } }]
`,
}

/** Services of the shop: one leads to the database, one to nobody. */
export const services = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ServiceList',
  items: [serviceOf('sql', '10.96.0.1', { app: 'db' }, 'sql'), serviceOf('none', '10.96.0.2', { app: 'none' }, 80)],
})

function serviceOf(name: string, clusterIP: string, selector: Record<string, string>, targetPort: number | string) {
  return { metadata: { name, namespace: 'shop' }, spec: { clusterIP, selector, ports: [{ port: 80, targetPort }] } }
}

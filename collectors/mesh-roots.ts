import { X509Certificate } from 'node:crypto'
import type { Certificate } from '@/core/encryption/ground'
import { clean } from '@/collectors/kit/text'
import type { Pool } from '@/server/db/pool'
import { writeCertificates } from '@/server/db/encryption/write-certificates'
import { toError } from '@/server/errors'
import { pause } from '@/server/kubernetes/backoff'
import type { KubeConnection } from '@/server/kubernetes/client'
import { KubeStatusError, openKubernetes, readBody } from '@/server/kubernetes/request'
import type { Logger } from '@/server/log'

/** ConfigMaps in which meshes publish the roots that their proxies trust: certificates, never keys. */
const published = [
  { mesh: 'istio', namespace: 'istio-system', name: 'istio-ca-root-cert', key: 'root-cert.pem' },
  { mesh: 'linkerd', namespace: 'linkerd', name: 'linkerd-identity-trust-roots', key: 'ca-bundle.crt' },
] as const

const everyMs = 10 * 60_000
const idleMs = 10_000
const maxBytes = 1_500_000
const maxRoots = 100

export type MeshRootsOptions = {
  readonly connection: KubeConnection
  readonly pool: Pool
  readonly signal: AbortSignal
  readonly log: Logger
}

/** Keeps the meshes' roots until the signal. A mesh that is not there or may not be read is none. Never rejects. */
export async function keepMeshRoots({ connection, pool, signal, log }: MeshRootsOptions): Promise<void> {
  let away = false
  while (!signal.aborted) {
    try {
      await writeCertificates(pool, await readMeshRoots(connection, signal))
      away = false
    } catch (thrown) {
      if (!away && !signal.aborted) log.warn({ error: toError(thrown).message }, 'roots of meshes cannot be read')
      away = true
    }
    await pause(everyMs, signal)
  }
}

/** The roots of all meshes, each certificate once. */
export async function readMeshRoots(connection: KubeConnection, signal: AbortSignal): Promise<Certificate[]> {
  const roots = new Map<string, Certificate>()
  for (const { mesh, namespace, name, key } of published) {
    const bundle = await readConfigMapKey(connection, namespace, name, key, signal)
    for (const root of certificatesOf(bundle)) {
      const certificate = {
        ...root,
        cluster: connection.cluster,
        mesh,
        level: 'root',
        namespace,
        readAt: Date.now(),
      } as const
      roots.set(`${mesh} ${root.subject} ${root.notAfter}`, certificate)
    }
  }
  return [...roots.values()]
}

async function readConfigMapKey(
  connection: KubeConnection,
  namespace: string,
  name: string,
  key: string,
  signal: AbortSignal,
): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`
  try {
    const object: unknown = JSON.parse(
      await readBody(await openKubernetes(connection, path, {}, { signal, idleMs }), maxBytes),
    )
    const data = typeof object === 'object' && object && 'data' in object ? object.data : null
    const value: unknown = typeof data === 'object' && data ? Reflect.get(data, key) : null
    return typeof value === 'string' ? value : ''
  } catch (thrown) {
    if (thrown instanceof KubeStatusError && [401, 403, 404].includes(thrown.status)) return ''
    throw thrown
  }
}

const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Certificates of a PEM bundle; what is none is passed over. */
export function certificatesOf(bundle: string): Pick<Certificate, 'subject' | 'notBefore' | 'notAfter'>[] {
  return (bundle.match(pem) ?? []).slice(0, maxRoots).flatMap((text) => {
    try {
      const { subject, validFrom, validTo, fingerprint256 } = new X509Certificate(text)
      const [notBefore, notAfter] = [Date.parse(validFrom), Date.parse(validTo)]
      if (Number.isNaN(notAfter)) return []
      const [, name = fingerprint256.slice(0, 23)] = /^(?:CN|O)=(.+)$/m.exec(subject ?? '') ?? []
      return [{ subject: clean(name, 200), notBefore: Number.isNaN(notBefore) ? null : notBefore, notAfter }]
    } catch {
      return []
    }
  })
}

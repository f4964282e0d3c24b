import { createSecureContext } from 'node:tls'
import { type ServerCredentials, experimental } from '@grpc/grpc-js'
import { AppError, toError } from '@/server/errors'
import { type Certificates, serverCredentials } from '@/collectors/kit/tls'

/** Credentials of a port whose certificates can change under it. */
export type PortCredentials = {
  readonly credentials: ServerCredentials
  /** New files, for connections from now on. Throws AppError('invalid') where they hold no certificates; the old ones stay. */
  renew(files: Certificates): void
}

type Identity = { readonly certificate: Buffer; readonly privateKey: Buffer }
type Ca = { readonly caCertificate: Buffer }

/**
 * Plaintext without files. With them connections stay open when the files change: the port is not
 * opened anew, which would cost entries of every proxy.
 */
export function portCredentials(files: Certificates | null): PortCredentials {
  if (!files?.cert || !files.key) return { credentials: serverCredentials(null), renew: () => {} }
  check(files)
  const identity = createTeller<Identity>({ certificate: files.cert, privateKey: files.key })
  const ca = files.ca ? createTeller<Ca>({ caCertificate: files.ca }) : null
  const provider = {
    addIdentityCertificateListener: identity.add,
    removeIdentityCertificateListener: identity.remove,
    addCaCertificateListener: (listener: (update: Ca | null) => void) => ca?.add(listener),
    removeCaCertificateListener: (listener: (update: Ca | null) => void) => ca?.remove(listener),
  }
  return {
    // The library names the first two the other way round than it uses them: identity, then authority.
    credentials: experimental.createCertificateProviderServerCredentials(provider, ca && provider, ca !== null),
    renew(renewed) {
      check(renewed)
      if (renewed.cert && renewed.key) identity.tell({ certificate: renewed.cert, privateKey: renewed.key })
      if (renewed.ca) ca?.tell({ caCertificate: renewed.ca })
    },
  }
}

function check({ ca, cert, key }: Certificates): void {
  try {
    createSecureContext({ ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) })
  } catch (thrown) {
    throw new AppError(
      'invalid',
      `The TLS files of the source als cannot be used: ${toError(thrown).message}. Check its tls settings.`,
    )
  }
}

/** Tells listeners a value and every later one; the first telling comes after `add` has returned. */
function createTeller<V>(first: V) {
  let value = first
  const listeners = new Set<(value: V) => void>()
  return {
    add(listener: (value: V) => void) {
      listeners.add(listener)
      queueMicrotask(() => {
        if (listeners.has(listener)) listener(value)
      })
    },
    remove: (listener: (value: V) => void) => void listeners.delete(listener),
    tell(next: V) {
      value = next
      for (const listener of listeners) listener(next)
    },
  }
}

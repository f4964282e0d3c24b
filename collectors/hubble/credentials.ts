import { readFile } from 'node:fs/promises'
import { type ChannelCredentials, credentials } from '@grpc/grpc-js'
import { AppError, toError } from '@/server/errors'
import type { HubbleConfig } from './config'

export type Certificates = { readonly ca: Buffer | null; readonly cert: Buffer | null; readonly key: Buffer | null }

/** The PEM files as they are now; null for plaintext. Throws AppError('unavailable') that names the file. */
export async function readCertificates({ tls }: HubbleConfig): Promise<Certificates | null> {
  if (!tls) return null
  const [ca, cert, key] = await Promise.all([readPem(tls.ca), readPem(tls.cert), readPem(tls.key)])
  return { ca, cert, key }
}

async function readPem(path: string | undefined): Promise<Buffer | null> {
  if (path === undefined) return null
  try {
    return await readFile(path)
  } catch (thrown) {
    throw new AppError(
      'unavailable',
      `Cannot read the TLS file ${path}: ${toError(thrown).message}. Check the source’s tls settings.`,
    )
  }
}

export const sameCertificates = (a: Certificates | null, b: Certificates | null): boolean =>
  samePem(a?.ca, b?.ca) && samePem(a?.cert, b?.cert) && samePem(a?.key, b?.key)

const samePem = (a: Buffer | null | undefined, b: Buffer | null | undefined) => (a && b ? a.equals(b) : !a && !b)

/** Throws AppError('invalid') where the files hold no certificates. */
export function channelCredentials({ tls }: HubbleConfig, files: Certificates | null): ChannelCredentials {
  if (!tls || !files) return credentials.createInsecure()
  try {
    const skip = tls.insecureSkipVerify
      ? { rejectUnauthorized: false, checkServerIdentity: () => undefined }
      : undefined
    return credentials.createSsl(files.ca, files.key, files.cert, skip)
  } catch (thrown) {
    throw new AppError('invalid', `The TLS files of the Hubble source cannot be used: ${toError(thrown).message}.`)
  }
}

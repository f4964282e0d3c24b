import { readFile } from 'node:fs/promises'
import {
  type ChannelCredentials,
  type ServerCredentials,
  credentials,
  ServerCredentials as Server,
} from '@grpc/grpc-js'
import { z } from 'zod'
import { AppError, toError } from '@/server/errors'

const together = ({ cert, key }: { cert?: string; key?: string }) => (cert === undefined) === (key === undefined)

/** TLS of a peer that Oriel connects to. */
export const clientTls = z
  .strictObject({
    ca: z
      .string()
      .optional()
      .describe('PEM file of the authority that signed the server’s certificate; the system’s by default.'),
    cert: z.string().optional().describe('PEM file of the client certificate, where the server asks for one.'),
    key: z.string().optional().describe('PEM file of its key. All files are read again when they change.'),
    serverName: z.string().optional().describe('Name in the server’s certificate, where it is not the address.'),
    insecureSkipVerify: z
      .boolean()
      .default(false)
      .describe('Accept any server certificate. Only for trying things out.'),
  })
  .refine(together, 'cert and key come together')

/** TLS of a port that peers connect to. */
export const serverTls = z.strictObject({
  cert: z.string().describe('PEM file of the certificate that peers see.'),
  key: z.string().describe('PEM file of its key.'),
  clientCa: z
    .string()
    .optional()
    .describe('PEM file of the authority whose client certificates are let in; absent: no certificate is asked for.'),
})

export const hostPort = z
  .string()
  .trim()
  .regex(/^([\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}$/, 'write host:port, for example localhost:4245')

export type ClientTls = z.output<typeof clientTls>
export type ServerTls = z.output<typeof serverTls>

export type Certificates = { readonly ca: Buffer | null; readonly cert: Buffer | null; readonly key: Buffer | null }

/** The PEM files as they are now; null for plaintext. Throws AppError('unavailable') that names the file. */
export async function readCertificates(tls: ClientTls | undefined): Promise<Certificates | null> {
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

/** For a gRPC client. Throws AppError('invalid') where the files hold no certificates. */
export function channelCredentials(tls: ClientTls | undefined, files: Certificates | null): ChannelCredentials {
  if (!tls || !files) return credentials.createInsecure()
  try {
    const skip = tls.insecureSkipVerify
      ? { rejectUnauthorized: false, checkServerIdentity: () => undefined }
      : undefined
    return credentials.createSsl(files.ca, files.key, files.cert, skip)
  } catch (thrown) {
    throw new AppError('invalid', `The TLS files of the source cannot be used: ${toError(thrown).message}.`)
  }
}

/** The files of a port as they are now; null for plaintext. Throws AppError('unavailable') that names the file. */
export const readServerCertificates = (tls: ServerTls | undefined): Promise<Certificates | null> =>
  readCertificates(tls && { ca: tls.clientCa, cert: tls.cert, key: tls.key, insecureSkipVerify: false })

/** For a gRPC server: with a `clientCa` it asks every peer for a certificate. Throws AppError('invalid') where the files hold no certificates. */
export function serverCredentials(files: Certificates | null): ServerCredentials {
  if (!files?.cert || !files.key) return Server.createInsecure()
  try {
    return Server.createSsl(files.ca, [{ cert_chain: files.cert, private_key: files.key }], files.ca !== null)
  } catch (thrown) {
    throw new AppError('invalid', `The TLS files of the source cannot be used: ${toError(thrown).message}.`)
  }
}

/** Whether an error is about certificates or the lack of TLS, in the words of Node and gRPC. */
export const isTlsError = (details: string): boolean =>
  /certificate|SSL|TLS|wrong version|self.signed|EPROTO|ALPN/i.test(details)

import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'

/** DER of one value: tag, length and content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content)
const text = (value: string) => der(0x0c, Buffer.from(value))
/** `YYMMDDhhmmssZ`. */
const time = (ms: number) => der(0x17, Buffer.from(new Date(ms).toISOString().replace(/^20|[-:T]|\.\d+/g, '')))
const ed25519 = sequence(der(0x06, Buffer.from('2b6570', 'hex')))
const organisation = Buffer.from('55040a', 'hex')

/** A private key of Ed25519 in PKCS #8, less its 32 bytes (RFC 8410, section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * A self-signed certificate (X.509 v1, Ed25519) in PEM, as a mesh publishes its root. Its key is made of its name, so
 * that the same cluster has the same one: a demo's root protects nothing.
 */
export function rootCertificate(name: string, from: number, to: number): string {
  const secret = createHash('sha256').update(`root of ${name}`).digest()
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const who = sequence(der(0x31, sequence(der(0x06, organisation), text(name))))
  const serial = der(0x02, Buffer.from([1]))
  const key = publicKey.export({ type: 'spki', format: 'der' })
  const body = sequence(serial, ed25519, who, sequence(time(from), time(to)), who, key)
  const certificate = sequence(body, ed25519, bits(sign(null, body, privateKey)))
  const lines = certificate.toString('base64').replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

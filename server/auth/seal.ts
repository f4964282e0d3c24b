import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16
const keyIdBytes = 4

/** Keys that sealed things are opened with; the first one seals. 32 bytes each. */
export type SealKeys = readonly [Uint8Array, ...Uint8Array[]]

/** Names a key without telling it. */
const keyId = (key: Uint8Array): Buffer =>
  createHash('sha256').update('oriel seal').update(key).digest().subarray(0, keyIdBytes)

/** Encrypts text with AES-256-GCM. `about`: what it belongs to, without which it does not open. */
export function seal(text: string, about: string, [key]: SealKeys): Uint8Array {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([keyId(key), iv, cipher.getAuthTag(), body])
}

/** null: sealed with a key that is gone, about something else, or changed since. */
export function unseal(sealed: Uint8Array, about: string, keys: SealKeys): string | null {
  const bytes = Buffer.from(sealed)
  const key = keys.find((one) => keyId(one).equals(bytes.subarray(0, keyIdBytes)))
  if (!key || bytes.length < keyIdBytes + ivBytes + tagBytes) return null
  const iv = bytes.subarray(keyIdBytes, keyIdBytes + ivBytes)
  const tag = bytes.subarray(keyIdBytes + ivBytes, keyIdBytes + ivBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(about)).setAuthTag(tag)
  try {
    return decipher.update(bytes.subarray(keyIdBytes + ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null
  }
}

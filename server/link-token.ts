import { createHash, randomInt } from 'node:crypto'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const length = 22

/** A token that cannot be guessed: 22 letters and digits, 130 bits. */
export const newToken = (): string => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

/** Whether a text could be a token. */
export const isToken = (text: string): boolean => text.length === length && /^[0-9A-Za-z]+$/.test(text)

/** What is kept of a token, and of the key of a question. */
export const hashOf = (text: string): Uint8Array => createHash('sha256').update(text).digest()

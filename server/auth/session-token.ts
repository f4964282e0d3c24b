import { randomBytes } from 'node:crypto'

/** 256 bits that nobody guesses. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url')

export const isSessionToken = (text: string): boolean => /^[\w-]{43}$/.test(text)

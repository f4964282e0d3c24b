import { AppError } from '@/server/errors'

/** A port that is open. */
export type Port = {
  readonly port: number
  /** Takes no new requests, lets those under way end for a moment, then cuts. */
  close(): Promise<void>
}

export function splitAddress(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':')
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) }
}

/** Why a port could not be opened, in words that say what to do. */
export function cannotListen(kind: 'grpc' | 'http', address: string, reason: string): AppError {
  const hint = /EADDRINUSE/.test(reason)
    ? `Another program has it. Stop that program, or set another ${kind} address of the source.`
    : /EACCES|EPERM/.test(reason)
      ? `Oriel is not allowed to. Set a ${kind} address of the source with a port above 1023.`
      : `Check the ${kind} address of the source.`
  return new AppError('unavailable', `Cannot listen for OTLP at ${address} (${reason}). ${hint}`)
}

import type { Reporter } from '@/core/verdict'
import type { Labels, Target } from '../family'

/** A label's value, '' where it is missing or `unknown`. */
export const known = (value: string | undefined): string => (value === undefined || value === 'unknown' ? '' : value)

/** What a label set means, worked out once: the same series always has the same object. */
export function perLabels<T>(decode: (labels: Labels, target: Target | null) => T) {
  const values = new WeakMap<Labels, { readonly value: T }>()
  return (labels: Labels, target: Target | null = null): T => {
    let entry = values.get(labels)
    if (!entry) {
      entry = { value: decode(labels, target) }
      values.set(labels, entry)
    }
    return entry.value
  }
}

/** A port from text; 0 where it is none. */
export const portOf = (text: string | undefined): number => {
  const port = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port <= 65_535 ? port : 0
}

export type Host = { readonly name: string; readonly port: number; readonly ip: boolean }

/** `api.example.com:443`, `10.0.0.1:80`, `[fd00::1]:80`, `fd00::1`: name or address, and the port or 0. */
export function hostOf(text: string): Host {
  const [, bracketed, bracketPort] = /^\[([0-9a-f:.]+)\](?::(\d+))?$/i.exec(text) ?? []
  if (bracketed !== undefined) return { name: bracketed, port: portOf(bracketPort), ip: true }
  if (/^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(text)) return { name: text, port: 0, ip: true }
  const colon = text.lastIndexOf(':')
  const port = colon > 0 ? portOf(text.slice(colon + 1)) : 0
  const name = port > 0 ? text.slice(0, colon) : text
  return { name, port, ip: /^\d{1,3}(\.\d{1,3}){3}$/.test(name) }
}

/** A DNS name of several labels, as outside parties have; not an address. */
export const isDomain = (name: string): boolean => /^(\*\.)?([a-z0-9_-]+\.)+[a-z][a-z0-9-]*\.?$/i.test(name)

/** `spiffe://<trust domain>/ns/<namespace>/sa/<service account>`; '' where the principal is none. */
export const spiffeNamespace = (principal: string | undefined): string =>
  /^spiffe:\/\/[^/]+\/ns\/([^/]+)\/sa\/[^/]+$/.exec(principal ?? '')?.[1] ?? ''

const reporters: ReadonlySet<string> = new Set<Reporter>(['source', 'destination', 'waypoint'])

export const reporterOf = (value: string | undefined): Reporter =>
  value !== undefined && reporters.has(value) ? (value as Reporter) : 'unknown'

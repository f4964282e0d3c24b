import type { PortChoice } from '@/core/policy/edit/visual'

/** Whether two choices say the same. */
export const samePort = (a: PortChoice, b: PortChoice): boolean => JSON.stringify(a) === JSON.stringify(b)

const protocols = ['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6'] as const

/** Reads `5432`, `udp 53`, `TCP 8000-8080`, `http`; null where it is none of these. */
export function readPort(text: string): PortChoice | null {
  const parts = text.trim().split(/[\s/]+/)
  const word = parts[0]?.toUpperCase()
  const protocol = protocols.find((one) => one.toUpperCase() === word)
  const rest = protocol ? parts.slice(1) : parts
  if (rest.length === 0 && protocol) return { protocol, port: 'any' }
  const [number = ''] = rest
  if (rest.length !== 1) return null
  const range = /^(\d{1,5})(?:[-–:](\d{1,5}))?$/.exec(number)
  if (range) {
    const from = Number(range[1])
    const to = Number(range[2] ?? range[1])
    return from >= 1 && to <= 65_535 && from <= to ? { protocol: protocol ?? 'TCP', port: { from, to } } : null
  }
  return /^[a-z0-9](?:[-a-z0-9]{0,13}[a-z0-9])?$/.test(number)
    ? { protocol: protocol ?? 'TCP', port: { name: number } }
    : null
}

import { samePort } from './same-port'
import type { PortChoice } from '@/core/policy/edit/visual'
import type { PolicyGround } from '@/core/policy/ground'
import type { Workload } from '@/core/policy/model'

/** A port that workloads serve: named in their manifests, or seen in the traffic to them. */
export type KnownPort = { readonly port: PortChoice; readonly name: string | null; readonly seen: boolean }

const most = 24

/** Ports of these workloads, those that were seen first, then by number. */
export function knownPorts(workloads: readonly Workload[], { model, edges }: PolicyGround): readonly KnownPort[] {
  const wanted = new Set(workloads)
  const numbers = new Set(model.workloads.flatMap((workload, i) => (wanted.has(workload) ? [i] : [])))
  const found: KnownPort[] = []
  const add = (protocol: PortChoice['protocol'], number: number, name: string | null, seen: boolean) => {
    const port: PortChoice = { protocol, port: { from: number, to: number } }
    const at = found.findIndex((one) => samePort(one.port, port))
    const known = found[at]
    if (known) found[at] = { ...known, name: known.name ?? name, seen: known.seen || seen }
    else found.push({ port, name, seen })
  }
  for (const { ports } of workloads)
    for (const { protocol, port, name } of ports) add(protocol, port, name || null, false)
  for (const { to, protocol, port } of edges)
    if (to.type === 'workload' && numbers.has(to.workload) && port !== null) add(protocol, port, null, true)
  return found.sort((a, b) => Number(b.seen) - Number(a.seen) || numberOf(a.port) - numberOf(b.port)).slice(0, most)
}

const numberOf = ({ port }: PortChoice) => (typeof port === 'object' && 'from' in port ? port.from : 0)

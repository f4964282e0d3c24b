import type { Endpoint } from '@/core/endpoint'
import { flowId } from '@/core/flows/flow-id'
import { scopeOf, type Scope } from '@/core/scope'
import { floorTo } from '@/core/time'
import type { EdgeName } from '@/server/db/telemetry'

/** Every name, label, path, text, address and id of a team holds its word or one of its marks, and no other's does. */
export const teams = ['amber', 'birch'] as const
export type Team = (typeof teams)[number]
export const otherTeam = (team: Team): Team => (team === 'amber' ? 'birch' : 'amber')

/** What no byte that is sent to the other team may hold. */
export const marks: Readonly<Record<Team, readonly string[]>> = {
  amber: ['amber', '10.11.', 'a1a1a1a1'],
  birch: ['birch', '10.22.', 'b2b2b2b2'],
}

/** An account of each team, which sees and edits what the team has. */
export const accounts: Readonly<Record<Team, number>> = { amber: 101, birch: 202 }

export const scopes: Readonly<Record<Team, Scope>> = { amber: scopeFor('amber'), birch: scopeFor('birch') }

function scopeFor(team: Team): Scope {
  return scopeOf([
    ['demo', `${team}-shop`],
    [`${team}-east`, `${team}-far`],
  ])
}

export const now = floorTo(Date.now(), 10_000)
export const made = now - 20 * 86_400_000
export const ip = (team: Team, n: number) => `${team === 'amber' ? '10.11' : '10.22'}.0.${n}`
export const trace = (team: Team) => (team === 'amber' ? 'a1a1a1a1' : 'b2b2b2b2').repeat(4)

export const workload = (team: Team, name: string): Endpoint => ({
  cluster: 'demo',
  namespace: `${team}-shop`,
  kind: 'Deployment',
  name: `${team}-${name}`,
})
export const far = (team: Team): Endpoint => ({
  ...workload(team, 'batch'),
  cluster: `${team}-east`,
  namespace: `${team}-far`,
})
export const external = (name: string): Endpoint => ({ cluster: 'demo', namespace: '', kind: 'External', name })
export const dnsServer: Endpoint = { cluster: 'demo', namespace: 'kube-system', kind: 'Deployment', name: 'coredns' }

export const edge = (from: Endpoint, to: Endpoint, port: number): EdgeName => ({ from, to, port, protocol: 'tcp' })

/** What the two teams share is of neither: the cluster, a node, the DNS server. `key`: of records, apart for each team. */
export const recordKey = (team: Team, n: number): bigint => BigInt((team === 'amber' ? 1_000 : 2_000) + n)
export const recordTime = (n: number): number => now - 30_000 - n * 1_000
export const flowOf = (team: Team, n: number): string => flowId({ time: recordTime(n), key: recordKey(team, n) })

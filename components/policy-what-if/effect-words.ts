import type { EdgeEffect, EffectGroup, EffectName } from '@/core/policy/what-if/answer'
import type { LockOutCheck } from '@/core/policy/lock-out/cut'
import { formatAgo, formatShort, plural } from '../format'
import type { Status } from '../status-mark'
import type { GroundPeriod } from './panel-props'

export const effectWords: Readonly<Record<EffectName, { readonly title: string; readonly status: Status }>> = {
  'newly-denied': { title: 'Newly denied', status: 'bad' },
  'newly-allowed': { title: 'Newly allowed', status: 'audit' },
  undecidable: { title: 'Undecidable', status: 'unknown' },
  unaffected: { title: 'Unaffected', status: 'ok' },
}

export const verdictWords = { allowed: 'allowed', denied: 'denied', undefined: 'left open' } as const

export const periodWords: Readonly<Record<GroundPeriod, string>> = {
  '1h': '1 h',
  '24h': '24 h',
  '14d': '14 days',
  '30d': '30 days',
}

export const checkWords: Readonly<Record<LockOutCheck, string>> = {
  dns: 'DNS',
  'kube-apiserver': 'API server',
  gateways: 'gateways',
  monitoring: 'monitoring',
  oriel: 'Oriel',
  'kubelet-probes': 'probes',
  namespace: 'namespaces',
}

type Port = { readonly protocol: string; readonly port: number | null }

/** `:5432`, `:53/UDP`, or the protocol alone where the port is not known. */
export const portText = ({ protocol, port }: Port): string =>
  port === null ? ` ${protocol}` : `:${port}${protocol === 'TCP' ? '' : `/${protocol}`}`

export const edgeText = ({ from, to, ...port }: Pick<EdgeEffect, 'from' | 'to'> & Port): string =>
  `${from.name} → ${to.name}${portText(port)}`

const most = 3

function namesText(names: readonly string[], more: number): string {
  const all = [...new Set(names)]
  const rest = all.length - most + more
  return all.length > most || more > 0
    ? `${all.slice(0, most).join(', ')} and ${Math.max(rest, 1)} more`
    : all.join(', ')
}

/** The edges of a group in one line: by what they have in common, else the strongest. '' for none. */
export function groupText({ shown, edges }: EffectGroup): string {
  const [first] = shown
  if (!first) return ''
  if (edges === 1) return edgeText(first)
  const more = edges - shown.length
  const hasSame = (end: 'from' | 'to') => shown.every((one) => one[end].name === first[end].name)
  const samePort = shown.every((one) => portText(one) === portText(first)) ? portText(first) : ''
  if (hasSame('to'))
    return `${namesText(
      shown.map(({ from }) => from.name),
      more,
    )} → ${first.to.name}${samePort}`
  if (hasSame('from'))
    return `${first.from.name} → ${namesText(
      shown.map(({ to }) => to.name),
      more,
    )}${samePort}`
  return `${edgeText(first)} and ${edges - 1} more`
}

/** `214 stopped, last 3 min ago`: what was seen of an edge. */
export function seenText(edge: EdgeEffect, now: number): string {
  const { count, allowed, denied, last } = edge
  const parts = [
    ...(allowed ? [`${formatShort(allowed)} let pass`] : []),
    ...(denied ? [`${formatShort(denied)} stopped`] : []),
  ]
  return `${parts.length > 0 ? parts.join(', ') : plural(count, 'connection')}, last ${formatAgo(last, now)}`
}

/** `1.9 M connections, last 2 s ago`; '' for no edges. */
export const groupSeenText = ({ connections, last, edges }: EffectGroup, now: number): string =>
  edges === 0
    ? ''
    : `${formatShort(connections)} ${connections === 1 ? 'connection' : 'connections'}, last ${formatAgo(last, now)}`

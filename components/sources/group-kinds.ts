import type { SourcesAnswer } from '@/core/sources/source-row'

export type KindRow = SourcesAnswer['inventory'][number]

/** Kinds that are shown as one: those of one family of policies, or one kind alone. */
export type KindGroup = {
  readonly title: string
  readonly isFamily: boolean
  /** Of the kind that is worst off; `idle`: none of them is in the cluster. */
  readonly state: KindRow['state']
  /** null: not told. */
  readonly objects: number | null
  readonly kinds: readonly KindRow[]
}

/** By the end of the group behind the kind's name (`Tier.projectcalico.org`). */
const families = [
  ['.projectcalico.org', 'Calico policies'],
  ['.cilium.io', 'Cilium policies'],
  ['.istio.io', 'Istio policies'],
  ['.linkerd.io', 'Linkerd policies'],
  ['.policy.networking.k8s.io', 'Cluster-wide network policies'],
  ['.gateway.networking.k8s.io', 'Gateway routes'],
] as const

/** Kinds of a family without a group behind their name. */
const ofIstio: ReadonlySet<string> = new Set(['PeerAuthentication', 'DestinationRule'])

const familyOf = (kind: string): string | null =>
  ofIstio.has(kind) ? 'Istio policies' : (families.find(([end]) => kind.endsWith(end))?.[1] ?? null)

const worstFirst: readonly KindRow['state'][] = ['failed', 'retrying', 'stopped', 'starting', 'running']

/** What is to be read about kinds, what is wrong before the rest. That a cluster has none of a family is no news of each of its kinds. */
export const toldKinds = (kinds: readonly KindRow[]): readonly KindRow[] =>
  kinds
    .filter(({ kind, state, message }) => message !== '' && !(state === 'idle' && familyOf(kind)))
    .toSorted((a, b) => Number(a.state === 'idle') - Number(b.state === 'idle'))

/** In order of their titles. */
export function groupKinds(kinds: readonly KindRow[]): readonly KindGroup[] {
  const groups = new Map<string, KindRow[]>()
  for (const kind of kinds) {
    const title = familyOf(kind.kind) ?? kind.kind
    const same = groups.get(title)
    if (same) same.push(kind)
    else groups.set(title, [kind])
  }
  const named = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return named.map(([title, own]) => ({
    title,
    isFamily: familyOf(own[0]?.kind ?? '') !== null,
    state: worstFirst.find((state) => own.some((kind) => kind.state === state)) ?? 'idle',
    objects: own.reduce<number | null>(
      (sum, { objects }) => (sum === null || objects === null ? null : sum + objects),
      0,
    ),
    kinds: own,
  }))
}

import type { EvidencedRule, GroundSuggestion } from '@/core/policy/what-if/ground-suggestions'

/** What is not taken of suggestions, by their keys. `parts`: rules by their ids, ports as `id TCP 80`. */
export type Picks = Readonly<Record<string, { readonly dropped: boolean; readonly parts: readonly string[] }>>

/** `all`: the suggestion as a whole. */
export type PickPart = 'all' | string

const nothing = { dropped: false, parts: [] }

export const portPart = (rule: string, { protocol, port }: { readonly protocol: string; readonly port: number }) =>
  `${rule} ${protocol} ${port}`

/** Drops a part, or takes it again. */
export function toggled(picks: Picks, key: string, part: PickPart): Picks {
  const before = picks[key] ?? nothing
  if (part === 'all') return { ...picks, [key]: { ...before, dropped: !before.dropped } }
  const parts = before.parts.includes(part) ? before.parts.filter((one) => one !== part) : [...before.parts, part]
  return { ...picks, [key]: { ...before, parts } }
}

export const isDropped = (picks: Picks, key: string, part: PickPart): boolean =>
  part === 'all' ? picks[key]?.dropped === true : picks[key]?.parts.includes(part) === true

/** The rules that are taken, with the ports that are. A rule without any port left would let all of them pass, and is dropped. */
export function acceptedRules({ key, rules }: GroundSuggestion, picks: Picks): readonly EvidencedRule[] {
  return rules.flatMap((one) => {
    const ports = one.rule.ports.filter((port) => !isDropped(picks, key, portPart(one.id, port)))
    if (isDropped(picks, key, one.id) || (ports.length === 0 && one.rule.ports.length > 0)) return []
    return [{ ...one, rule: { ...one.rule, ports } }]
  })
}

'use client'

import { pathText } from '@/core/policy/edit/path'
import { reachSentence } from '@/core/policy/edit/pick-words'
import type { Side } from '@/core/policy/edit/visual'
import { useAnnounce } from '../../ui/announcer'
import { RuleCard } from './rule-card'
import { ruleMarks } from './rule-marks'
import { useVisual } from './visual-context'

type Props = {
  side: Side
  base: Side | undefined
  selected: string | null
  onSelect: (path: string | null) => void
  /** Opens suggestions from traffic; null: there are none to open. */
  onSuggest: (() => void) | null
}

const words = {
  ingress: { title: 'Who may come in', isolate: 'Isolate ingress', free: 'Do not isolate ingress' },
  egress: { title: 'Where it may go', isolate: 'Isolate egress', free: 'Do not isolate egress' },
} as const

/** One direction: what is so in words, its rules, and where to add one. */
export function SideColumn({ side, base, selected, onSelect, onSuggest }: Props) {
  const { visual, ask, edit } = useVisual()
  const announce = useAnnounce()
  const { direction, reach } = side
  const marks = ruleMarks(side, base)
  const governed = reach !== 'not-governed'
  const isolate = (isolates: boolean) =>
    announce(edit({ edit: 'set-isolation', direction, isolates }) ?? (isolates ? 'Isolated' : 'Not isolated'))
  return (
    <section aria-label={words[direction].title} className="flex min-w-0 flex-col gap-2.5">
      <h2 className="font-semibold">{words[direction].title}</h2>
      {(reach !== 'some' || !side.isolates) && (
        <div data-reach={direction} className="rounded-lg border border-line bg-panel p-3.5 text-xs text-fg-2">
          <p>{reachSentence(side)}</p>
          {!governed && onSuggest && (
            <button type="button" className="mt-2 min-h-6 text-accent hover:underline" onClick={onSuggest}>
              Suggest from traffic
            </button>
          )}
          {!governed && visual.can.isolation && (
            <button
              type="button"
              className="mt-1 block min-h-6 text-accent hover:underline"
              onClick={() => isolate(true)}
            >
              {words[direction].isolate}
            </button>
          )}
        </div>
      )}
      {side.rules.length > 0 && (
        <ol aria-label={`Rules of ${direction}`} className="flex flex-col gap-2.5">
          {side.rules.map((rule, i) => (
            <RuleCard
              key={pathText(rule.path)}
              side={side}
              rule={rule}
              index={i}
              mark={marks[i] ?? 'same'}
              selected={selected === pathText(rule.path)}
              onSelect={() => onSelect(pathText(rule.path))}
            />
          ))}
        </ol>
      )}
      <button
        type="button"
        onClick={() => ask({ ask: 'rule', direction })}
        className="rounded-lg border border-dashed border-line-strong px-[11px] py-[9px] text-left text-xs text-fg-2 hover:bg-hover hover:text-fg"
      >
        {addWords(visual.can.peers[direction])}
      </button>
      {governed && visual.can.isolation && side.rules.length === 0 && (
        <button
          type="button"
          className="min-h-6 self-start text-xs text-accent hover:underline"
          onClick={() => isolate(false)}
        >
          {words[direction].free}
        </button>
      )}
    </section>
  )
}

function addWords(kinds: readonly string[]): string {
  const parts = [
    ...(kinds.includes('pods') ? ['workload', 'namespace', 'label'] : []),
    ...(kinds.includes('account') || kinds.includes('principal') ? ['identity'] : []),
    ...(kinds.includes('namespaces') && !kinds.includes('pods') ? ['namespace'] : []),
    ...(kinds.includes('domain') ? ['DNS name'] : []),
    ...(kinds.includes('range') ? ['CIDR'] : []),
  ]
  return `+ ${parts.length > 1 ? `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}` : (parts[0] ?? 'rule')}`
}

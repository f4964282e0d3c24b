'use client'

import { sourceName } from '@/core/sources/source-name'
import { leftOutWords } from '@/core/policy/suggest/left-out'
import type { EvidencedRule, GroundSuggestion } from '@/core/policy/what-if/ground-suggestions'
import { CardTable, cell, rowClass } from '../encryption/parts'
import { plural } from '../format'
import { StatusMark } from '../status-mark'
import { EdgeLinks } from './edge-list'
import { LeftOutList } from './left-out-list'
import type { GroundPeriod } from './panel-props'
import { acceptedRules, isDropped, type PickPart, type Picks, portPart } from './suggest-picks'
import { evidenceText, nameText, peerText, portsText, spanText, widthText } from './suggest-words'

type Props = {
  suggestion: GroundSuggestion
  picks: Picks
  cluster: string
  period: GroundPeriod
  now: number
  onToggle: (part: PickPart) => void
}

/** One policy to be: whom it selects, each of its rules with what it was seen of, and what to know before. */
export function SuggestionCard({ suggestion, picks, cluster, period, now, onToggle }: Props) {
  const { key, manifest, subject, isolates, rules, evidence, caveats, leftOut } = suggestion
  const dropped = isDropped(picks, key, 'all')
  // What a caveat tells is not told twice.
  const untold = leftOut.filter(({ reason }) => !caveats.some(({ text }) => text.includes(leftOutWords[reason])))
  const labels = Object.entries(subject.labels).map(([name, value]) => `${name}=${value}`)
  return (
    <article className={`rounded-md border border-line px-3 py-2 ${dropped ? 'opacity-60' : ''}`}>
      <label className="flex min-h-7 flex-wrap items-center gap-2">
        <input type="checkbox" checked={!dropped} onChange={() => onToggle('all')} className="size-4 accent-accent" />
        <span className="font-semibold">
          {String(manifest.kind)} {key}
        </span>
        <span className="font-mono text-xs text-fg-2">{labels.join(', ') || 'every pod of the namespace'}</span>
        <span className="text-xs text-fg-3">
          {subject.workloads.map(nameText).join(', ')}
          {subject.alsoSelects.length > 0 && `; also selects ${subject.alsoSelects.map(nameText).join(', ')}`}
        </span>
        <span className="ml-auto text-xs text-fg-3" title={spanText(evidence)}>
          {plural(acceptedRules(suggestion, picks).length, 'rule')} of {rules.length}; isolates{' '}
          {isolates.join(' and ') || 'nothing'}
        </span>
      </label>
      {rules.length === 0 ? (
        <p className="py-1 text-xs text-fg-2">No rule: nothing would pass.</p>
      ) : (
        <CardTable
          label={`Rules of ${key}`}
          className="min-w-[680px]"
          heads={[
            { title: <span className="sr-only">Take</span>, className: 'w-8' },
            { title: 'Rule', className: 'w-[38%]' },
            { title: 'Ports', className: 'w-[18%]' },
            { title: 'Seen' },
            { title: 'Told by', className: 'w-28' },
            { title: <span className="sr-only">Look at it</span>, className: 'w-24' },
          ]}
        >
          {rules.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              disabled={dropped}
              isOut={(part) => isDropped(picks, key, part)}
              cluster={cluster}
              period={period}
              now={now}
              onToggle={onToggle}
            />
          ))}
        </CardTable>
      )}
      {caveats.map(({ code, text }) => (
        <p key={`${code} ${text}`} className="flex items-baseline gap-2 py-0.5 text-xs text-fg-2">
          <StatusMark status="warn" label="Note" /> {text}
        </p>
      ))}
      {untold.length > 0 && <LeftOutList title="No rule was made of" leftOut={untold} />}
    </article>
  )
}

type RowProps = Omit<Props, 'suggestion' | 'picks'> & {
  rule: EvidencedRule
  disabled: boolean
  isOut: (part: PickPart) => boolean
}

function RuleRow({ rule: one, disabled, isOut, cluster, period, now, onToggle }: RowProps) {
  const { id, direction, rule, edges, witnesses } = one
  const peers = rule.peers.map(peerText).join(', ')
  const wide = rule.peers.map(widthText).filter(Boolean).join('; ')
  const name = `${direction === 'ingress' ? 'from' : 'to'} ${peers}`
  const out = isOut(id)
  const [edge] = edges
  return (
    <tr className={`${rowClass} ${out ? 'text-fg-3' : ''}`}>
      <td className={cell}>
        <input
          type="checkbox"
          checked={!out}
          disabled={disabled}
          aria-label={`Take the rule ${name} on ${portsText(rule)}`}
          onChange={() => onToggle(id)}
          className="size-4 accent-accent"
        />
      </td>
      <td className={`${cell} py-1`}>
        <span className="text-fg-3">{direction === 'ingress' ? 'in from' : 'out to'}</span>{' '}
        <span className="font-mono text-xs wrap-anywhere">{peers}</span>
        {rule.purpose === 'dns' && <span className="text-xs text-fg-3"> (DNS)</span>}
        {wide && <span className="block text-xs text-fg-3">{wide}</span>}
      </td>
      <td className={`${cell} py-1`}>
        <span className="flex flex-wrap gap-1">
          {rule.ports.map((port) => {
            const part = portPart(id, port)
            return (
              <button
                key={part}
                type="button"
                aria-pressed={!isOut(part)}
                disabled={disabled || out || rule.ports.length === 1}
                aria-label={`${port.protocol} ${port.port} of the rule ${name}`}
                onClick={() => onToggle(part)}
                className={`h-6 rounded-sm bg-hover px-1.5 font-mono text-xs ${isOut(part) ? 'text-fg-3 line-through' : ''}`}
              >
                {port.protocol} {port.port}
              </button>
            )
          })}
        </span>
      </td>
      <td className={`${cell} text-xs tabular-nums`} title={spanText(rule.evidence)}>
        {evidenceText(rule.evidence, now)}
      </td>
      <td className={`${cell} text-xs text-fg-2`}>{witnesses.map(sourceName).join(', ')}</td>
      <td className={`${cell} text-right text-xs whitespace-nowrap`}>
        {edge !== undefined && <EdgeLinks id={edge} cluster={cluster} period={period} name={name} />}
      </td>
    </tr>
  )
}

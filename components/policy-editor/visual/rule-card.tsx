'use client'

import { useMemo } from 'react'
import { peerPicked, type Picked } from '@/core/policy/edit/match-picks'
import { pathText } from '@/core/policy/edit/path'
import { actionWords, portsText } from '@/core/policy/edit/pick-words'
import type { At, Side, VisualRule } from '@/core/policy/edit/visual'
import type { Workload } from '@/core/policy/model'
import { useNow } from '../../use-now'
import { PeerRow } from './peer-row'
import { PickedWords } from './picked-words'
import { RuleMenu } from './rule-menu'
import type { RuleMark } from './rule-marks'
import { ruleTraffic } from './rule-traffic'
import { recordedPeriod, ruleTitle, trafficWords } from './rule-words'
import { subjectOf } from './subject-of'
import { useVisual } from './visual-context'

type Props = {
  side: Side
  rule: At<VisualRule>
  /** From 0. */
  index: number
  mark: RuleMark
  selected: boolean
  onSelect: () => void
}

/** One rule: whom it is about, on which ports, who that is now, and when it was last seen in traffic. */
export function RuleCard({ side, rule: { path, value: rule }, index, mark, selected, onSelect }: Props) {
  const { visual, ground, own, ask, edit } = useVisual()
  const { direction } = side
  const now = useNow()
  const picked = useMemo(() => peersPicked(rule, own, ground.model), [rule, own, ground.model])
  const traffic = useMemo(
    () => ruleTraffic(ground, direction, rule, subjectOf(visual, ground.model), own),
    [ground, direction, rule, visual, own],
  )
  const title = ruleTitle(rule, picked, own, direction)
  const name = `${mark === 'added' ? 'Added rule' : 'Rule'} ${index + 1}: ${title}`
  return (
    <li
      data-rule={pathText(path)}
      data-mark={mark}
      data-used={traffic !== null && traffic.lastAllowed !== null}
      aria-label={name}
      className={`rounded-lg border bg-panel px-[11px] py-[9px] ${selected || mark !== 'same' ? 'border-accent ring-3 ring-accent/18' : 'border-line'}`}
    >
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-pressed={selected}
          aria-label={`${name}. Show it in the text`}
          onClick={onSelect}
          className="min-h-6 min-w-0 flex-1 truncate text-left font-semibold hover:underline"
        >
          {title}
        </button>
        {rule.action !== 'allow' && <span className="text-xs text-fg-2">{actionWords[rule.action]}</span>}
        <span className={`text-2xs ${mark === 'same' ? 'text-fg-3' : 'text-accent'}`}>
          {mark === 'same' ? `rule ${index + 1}` : mark}
        </span>
        <RuleMenu side={side} path={path} rule={rule} index={index} />
      </div>
      <div className="my-1 flex flex-col gap-1">
        {rule.peers.are === 'some' ? (
          rule.peers.items.map((peer) => (
            <PeerRow key={pathText(peer.path)} direction={direction} rule={path} peer={peer} />
          ))
        ) : (
          <p className="text-xs text-fg-2">
            {rule.peers.are === 'nothing' ? 'An empty list: it matches nobody.' : 'No condition on the other end.'}
          </p>
        )}
        {rule.requests.are === 'some' && (
          <p className="font-mono text-xs break-all text-fg-2">
            {rule.requests.items
              .map(({ value }) => `${value.methods.join('|') || 'any method'} ${value.paths.join(' | ') || 'any path'}`)
              .join('; ')}
          </p>
        )}
        {rule.also.length > 0 && (
          <p className="text-xs text-fg-3">and {rule.also.map((one) => pathText(one.path)).join(', ')}, in the YAML</p>
        )}
      </div>
      <p className="flex flex-wrap items-center gap-x-1 text-xs text-fg-2">
        {visual.can.protocols.length > 0 && (
          <>
            <button
              type="button"
              onClick={() => ask({ ask: 'ports', direction, rule: path })}
              className="-mx-0.5 min-h-6 rounded-sm px-0.5 text-left hover:bg-hover hover:text-fg"
            >
              <span className="sr-only">Change ports: </span>
              {portsText(rule.ports)}
            </button>
            <span aria-hidden="true">·</span>
          </>
        )}
        {picked !== 'unknown' && (
          <>
            <PickedWords picked={picked} own={own} hides={ground.hidesNamespaces} />
            <span aria-hidden="true">·</span>
          </>
        )}
        <span>{trafficWords(traffic, now ?? ground.at, recordedPeriod(ground))}</span>
      </p>
      {rule.action === 'allow' && rule.peers.are === 'everything' && rule.ports.are === 'everything' && (
        <button
          type="button"
          className="mt-1 min-h-6 text-xs text-accent hover:underline"
          onClick={() => edit({ edit: 'remove-rule', rule: path })}
        >
          Take this rule away
        </button>
      )}
    </li>
  )
}

function peersPicked({ peers }: VisualRule, own: string | null, model: Parameters<typeof peerPicked>[2]): Picked {
  if (peers.are !== 'some') return 'unknown'
  const all = peers.items.map(({ value }) => peerPicked(value, own, model))
  if (all.every((one) => one === 'unknown')) return 'unknown'
  return {
    workloads: [...new Set(all.flatMap((one): readonly Workload[] => (one === 'unknown' ? [] : one.workloads)))],
  }
}

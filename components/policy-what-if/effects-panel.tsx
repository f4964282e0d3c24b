'use client'

import { plural } from '../format'
import { StatusMark } from '../status-mark'
import { Segmented } from '../ui/segmented'
import { useNow } from '../use-now'
import { AffectedGraph } from './affected-graph'
import { EdgeList } from './edge-list'
import { EffectRow } from './effect-row'
import { effectWords, groupSeenText, groupText } from './effect-words'
import { EffectsNotes } from './effects-notes'
import { LintRow } from './lint-row'
import { LockOutLine, LockOutReportList } from './lock-out-line'
import type { EffectsPanelProps } from './panel-props'
import { PeriodChoice } from './period-choice'
import { PossibleRow } from './possible-row'
import { SelectionRow } from './selection-row'
import { useExpanded } from './use-expanded'
import { basisText, effectOrder, isUntouched, lastReadable, spokenEffects, unreadable } from './whole-effect'

/** What a draft does to recorded traffic and to what may pass, again with each keystroke. */
export function EffectsPanel(props: EffectsPanelProps) {
  const { ground, answered, lint, period, onPeriod, staged, onStaged, textError } = props
  const now = useNow() ?? ground?.at ?? 0
  const [expanded, toggle] = useExpanded()
  const { answer } = answered
  const readable = !textError && answer?.problems.length === 0
  // A list of edges needs the whole width.
  const unfolded = effectOrder.some((name) => expanded.has(name) && (answer?.effects[name].edges ?? 0) > 0)
  return (
    <section aria-label="What this does to recorded traffic" className="min-w-0">
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1.5 py-1">
        <h2 className="font-semibold">What this does to recorded traffic</h2>
        <PeriodChoice ground={ground} period={period} onPeriod={onPeriod} />
        {answer?.touchesStaged && (
          <Segmented
            label="Staged policies"
            size="sm"
            value={staged ?? answer.staged}
            options={[
              { value: 'left-out', label: 'Staged do nothing' },
              { value: 'enforced', label: 'If staged were enforced' },
            ]}
            onChange={onStaged}
          />
        )}
        <p
          className="text-xs text-fg-3 tabular-nums"
          aria-busy={!answered.current}
          title="All policies with the draft, against all without it"
        >
          {basisText(answer, answered, readable)}
        </p>
        {answer && (
          <span className="ml-auto min-w-0">
            <LockOutLine
              report={answer.lockOuts}
              readable={readable}
              open={expanded.has('lock-out')}
              onToggle={() => toggle('lock-out')}
            />
          </span>
        )}
      </div>
      {answered.error !== null && (
        <p role="alert" className="py-1 text-fg-2">
          The effects could not be worked out: {answered.error} What is shown is of the last draft that could be.
        </p>
      )}
      {answer && <LockOutReportList report={answer.lockOuts} open={expanded.has('lock-out')} />}
      {ground && <EffectsNotes ground={ground} problems={answer?.problems ?? []} now={now} />}
      {answer && textError && answer.problems.length === 0 && (
        <p className="py-1 text-fg-2">
          <StatusMark status="warn" label={isUntouched(answer) ? unreadable : lastReadable} showLabel />
        </p>
      )}
      {answer && readable && isUntouched(answer) && (
        <p className="py-2 text-fg-2">
          Nothing is changed yet. What you change is tried on recorded traffic here while you type.
        </p>
      )}
      {answer && !isUntouched(answer) && (
        <div className={`grid gap-x-6 ${unfolded ? '' : 'xl:grid-cols-[minmax(0,1fr)_auto]'}`}>
          <ul className="min-w-0">
            {effectOrder.map((name) => {
              const group = answer.effects[name]
              const { title, status } = effectWords[name]
              return (
                <EffectRow
                  key={name}
                  title={title}
                  status={status}
                  count={plural(group.edges, 'edge')}
                  isEmpty={group.edges === 0}
                  summary={groupText(group)}
                  figure={groupSeenText(group, now)}
                  open={expanded.has(name)}
                  onToggle={() => toggle(name)}
                >
                  <EdgeList ground={ground} group={group} at={answered.at} period={period} now={now} label={title} />
                </EffectRow>
              )
            })}
            <PossibleRow
              possible={answer.possible}
              open={expanded.has('possible')}
              onToggle={() => toggle('possible')}
            />
            <SelectionRow
              selections={answer.selections}
              open={expanded.has('selects')}
              onToggle={() => toggle('selects')}
            />
            <LintRow lint={lint} open={expanded.has('lint')} onToggle={() => toggle('lint')} />
          </ul>
          <AffectedGraph effects={answer.effects} cluster={ground?.cluster ?? ''} period={period} />
        </div>
      )}
      {!answer && <div aria-hidden="true" className="h-[224px]" />}
      <output className="sr-only">{answer && answered.current ? spokenEffects(answer, readable) : ''}</output>
    </section>
  )
}

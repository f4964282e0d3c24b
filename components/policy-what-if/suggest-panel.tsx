'use client'

import { useMemo, useState } from 'react'
import { acceptedManifest, suggestFormats, type SuggestRequest } from '@/core/policy/what-if/ground-suggestions'
import { formatMs, plural } from '../format'
import { Button } from '../ui/button'
import { Segmented } from '../ui/segmented'
import { useNow } from '../use-now'
import { periodWords } from './effect-words'
import { LeftOutList } from './left-out-list'
import type { SuggestPanelProps } from './panel-props'
import { PeriodChoice } from './period-choice'
import { SuggestionCard } from './suggestion-card'
import { formatWords, scopeText } from './suggest-words'
import { acceptedRules, type Picks, toggled } from './suggest-picks'
import { useSuggestState } from './use-suggest-state'
import { useSuggestions } from './use-what-if'

/** Policies of least privilege for a scope, made of recorded traffic; each rule is accepted, narrowed or dropped. */
export function SuggestPanel({ ground, scope, period, onPeriod, onAccept }: SuggestPanelProps) {
  const now = useNow() ?? ground?.at ?? 0
  const formats = useMemo(() => (ground ? suggestFormats(ground) : (['NetworkPolicy'] as const)), [ground])
  const [{ kind: format, per, isolate }, setState] = useSuggestState()
  const [picks, setPicks] = useState<Picks>({})
  const request: SuggestRequest = { scope, format, per, isolate }
  const { answer, current, ms, error } = useSuggestions(ground, request)
  const suggestions = answer?.suggestions ?? []
  const wanted = suggestions.filter(({ key }) => picks[key]?.dropped !== true)
  // What a policy of these tells itself is not told again.
  const told = new Set(suggestions.flatMap(({ leftOut }) => leftOut.map(({ sentence }) => sentence)))
  const elsewhere = (answer?.leftOut ?? []).filter(({ sentence }) => !told.has(sentence))
  const rules = wanted.reduce((sum, one) => sum + acceptedRules(one, picks).length, 0)
  const accept = () =>
    onAccept(wanted.map((one) => acceptedManifest(one, acceptedRules(one, picks), ground?.at ?? now)))
  return (
    <section aria-label="Suggestions from recorded traffic" className="min-w-0">
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1.5 py-1">
        <h2 className="font-semibold">Suggestions for {scopeText(scope)}</h2>
        <PeriodChoice ground={ground} period={period} onPeriod={onPeriod} />
        {formats.length > 1 && (
          <Segmented
            label="Kind"
            size="sm"
            value={format}
            options={formats.map((value) => ({ value, label: formatWords[value] }))}
            onChange={(kind) => void setState({ kind })}
          />
        )}
        <Segmented
          label="One policy for each"
          size="sm"
          value={per}
          options={[
            { value: 'workload', label: 'one per workload' },
            { value: 'namespace', label: 'one per namespace' },
          ]}
          onChange={(next) => void setState({ per: next })}
        />
        <Segmented
          label="Isolation"
          size="sm"
          value={isolate}
          options={[
            { value: 'seen', label: 'only directions with traffic' },
            { value: 'both', label: 'both directions' },
          ]}
          onChange={(next) => void setState({ isolate: next })}
        />
        <output className="text-xs text-fg-3">
          {!current || !answer
            ? 'working it out …'
            : `${suggestions.length === 0 ? 'nothing to suggest' : plural(suggestions.length, 'policy', 'policies')}${answer.decided > 0 ? `; rules allow ${plural(answer.decided, 'flow')} already` : ''}; answered in ${formatMs(ms)}`}
        </output>
        <Button
          variant="primary"
          size="sm"
          className="ml-auto"
          disabled={wanted.length === 0 || !current}
          onClick={accept}
        >
          {wanted.length === 0
            ? 'Take into the editor'
            : `Take ${plural(wanted.length, 'policy', 'policies')} with ${plural(rules, 'rule')} into the editor`}
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="py-1 text-fg-2">
          Nothing could be suggested: {error}
        </p>
      )}
      {answer && suggestions.length === 0 && current && (
        <p className="py-2 text-fg-2">
          In {periodWords[period]} there is no traffic of {scopeText(scope)} that needs a rule. What was denied gets
          none by itself.
        </p>
      )}
      <div className="flex flex-col gap-3">
        {suggestions.map((one) => (
          <SuggestionCard
            key={one.key}
            suggestion={one}
            picks={picks}
            cluster={ground?.cluster ?? ''}
            period={period}
            now={now}
            onToggle={(part) => setPicks((before) => toggled(before, one.key, part))}
          />
        ))}
      </div>
      {elsewhere.length > 0 && <LeftOutList title="No rule was made of" leftOut={elsewhere} />}
    </section>
  )
}

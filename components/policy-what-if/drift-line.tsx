'use client'

import { formatDateTime, plural } from '../format'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { edgeText, verdictWords } from './effect-words'
import type { DriftLineProps } from './panel-props'
import { useDrift } from './use-what-if'

const shown = 3

/** "3 new edges since this was suggested", with what becomes of them; nothing where there are none. */
export function DriftLine({ ground, policy, onSuggest }: DriftLineProps) {
  const { answer } = useDrift(ground, policy)
  if (!answer || !answer.told || answer.edges.length === 0) return null
  const { edges, since, because } = answer
  const stopped = edges.filter(({ verdict }) => verdict !== 'allowed').length
  const names = edges.slice(0, shown).map((edge) => `${edgeText(edge)} (${verdictWords[edge.verdict]})`)
  return (
    <p className="flex min-w-0 items-center gap-2 text-xs text-fg-2" title={`since ${formatDateTime(since, 'min')}`}>
      <StatusMark status={stopped > 0 ? 'warn' : 'unknown'} label="Drift" />
      <span className="shrink-0 font-medium text-fg">
        {plural(edges.length, 'new edge')} since this was {because}
        {stopped > 0 && `, ${stopped} not allowed`}
      </span>
      <span className="min-w-0 truncate font-mono">
        {names.join(', ')}
        {edges.length > shown ? ` and ${edges.length - shown} more` : ''}
      </span>
      {onSuggest && (
        <Button size="sm" variant="quiet" onClick={onSuggest}>
          Suggest again
        </Button>
      )}
    </p>
  )
}

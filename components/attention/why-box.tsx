'use client'

import { useQuery } from '@tanstack/react-query'
import type { Health } from '@/core/figures/figures'
import { bound } from '../format'
import { HealthBox } from '../map/panel/panel-parts'
import { whyQuery } from './queries'
import { useViewParams } from '../url-state'
import { changeWords, riseWords, sentenceOf, sinceWords } from './onset-words'

type Props = {
  /** Node or edge of the map. */
  id: string
  health: Health
  why: string
  /** End of what is shown, milliseconds. */
  now: number
  onSelect: (id: string) => void
}

/** Why something is unwell: figure and limit, where it begins, since when, and what was changed then. */
export function WhyBox({ id, health, why, now, onSelect }: Props) {
  const unwell = health === 'failing' || health === 'degraded'
  const { q: _filter, cluster: _cluster, ...params } = useViewParams()
  const { data, isPlaceholderData } = useQuery({ ...whyQuery({ ...params, sel: id }), enabled: unwell })
  // What is kept while another is fetched is of another.
  const found = unwell && !isPlaceholderData && data?.ailment ? data : null
  const first = found?.there ?? found?.onset
  const last = found?.hops.at(-1)
  return (
    <HealthBox
      health={health}
      why={why && unwell ? `${why}.` : why}
      since={found?.onset ? sinceWords(found.onset, now) : ''}
    >
      {found?.sentence && <p className="mt-1 text-fg-2">{bound(found.sentence)}</p>}
      {found && first && (
        <p className="mt-1 text-fg-2">
          {sentenceOf([
            changeWords(found.change, found.changesSeen, first),
            riseWords(first, found.there ? 'there' : ''),
          ])}
        </p>
      )}
      {last && last.id !== id && (
        <button
          type="button"
          onClick={() => onSelect(last.id)}
          className="mt-1 h-6 rounded-sm text-accent underline-offset-2 hover:underline"
        >
          Show <span className="font-mono text-xs">{`${last.from.name} → ${last.to.name}`}</span>
        </button>
      )}
    </HealthBox>
  )
}

'use client'

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a listbox of one's own: a select cannot be filtered from a field that keeps focus */
import type { FilterError } from '@/core/filter/filter-tokens'
import { plural } from '../format'
import { Button } from '../ui/button'
import { floatClass } from '../ui/popover'
import type { Completion } from './complete-filter'

type Props = {
  offers: readonly Completion[]
  active: number
  problem: FilterError | null
  onTake: (completion: Pick<Completion, 'text' | 'from' | 'to'>) => void
}

/** What could be written next, and what is wrong with what is written. */
export function FilterSuggestions({ offers, active, problem, onTake }: Props) {
  const shown = offers.length > 0 || problem !== null
  return (
    <div className={shown ? `absolute top-full left-0 z-30 mt-1 w-full max-w-xl min-w-72 p-1 ${floatClass}` : 'hidden'}>
      <div id="filter-offers" role="listbox" aria-label="Completions" tabIndex={-1}>
        {offers.map((offer, index) => (
          <div
            key={`${offer.from} ${offer.text}`}
            id={`filter-offer-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerDown={(event) => {
              event.preventDefault()
              onTake(offer)
            }}
            className={`flex min-h-7 cursor-pointer items-center gap-3 rounded-sm px-2 ${index === active ? 'bg-hover' : 'hover:bg-hover'}`}
          >
            <span className="max-w-[60%] min-w-28 shrink-0 truncate font-mono text-xs">{offer.shown}</span>
            <span className="flex-1 truncate text-xs text-fg-3">{offer.help}</span>
            {offer.edges !== null && (
              <span className="text-xs whitespace-nowrap text-fg-3">{plural(offer.edges, 'edge')}</span>
            )}
          </div>
        ))}
      </div>
      {problem !== null && (
        <div className="flex items-center gap-2 px-2 py-0.5">
          <p id="filter-problem" className="min-w-0 flex-1 py-1 text-xs break-words text-fg-2">
            {problem.message}
          </p>
          {offers.length === 0 && problem.fix && (
            <Button
              size="sm"
              onClick={() => onTake({ text: problem.fix ?? '', from: problem.at, to: problem.end })}
              className="max-w-60 font-mono"
            >
              <span className="truncate">{problem.fix}</span>
            </Button>
          )}
        </div>
      )}
      <output className="sr-only">
        {offers.length > 0 ? `${plural(offers.length, 'completion')}; arrow down to choose` : ''}
      </output>
    </div>
  )
}

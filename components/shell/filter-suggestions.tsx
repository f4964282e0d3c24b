'use client'

// A listbox of one's own: a select cannot be filtered from a field that keeps focus.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { floatClass } from '../ui/popover'
import type { Completion } from './complete-filter'

type Props = {
  offers: readonly Completion[]
  active: number
  problem: string | null
  onTake: (completion: Completion) => void
}

/** What could be written next, and what is wrong with what is written. */
export function FilterSuggestions({ offers, active, problem, onTake }: Props) {
  const shown = offers.length > 0 || problem !== null
  return (
    <div className={shown ? `absolute top-full left-0 z-30 mt-1 w-full max-w-xl p-1 ${floatClass}` : 'hidden'}>
      <div id="filter-offers" role="listbox" aria-label="Completions" tabIndex={-1}>
        {offers.map((offer, index) => (
          <div
            key={offer.text}
            id={`filter-offer-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerDown={(event) => {
              event.preventDefault()
              onTake(offer)
            }}
            className={`flex h-7 cursor-pointer items-center gap-3 rounded-sm px-2 ${index === active ? 'bg-hover' : 'hover:bg-hover'}`}
          >
            <span className="w-28 shrink-0 font-mono text-xs">{offer.text}</span>
            <span className="truncate text-xs text-fg-3">{offer.help}</span>
          </div>
        ))}
      </div>
      {problem !== null && (
        <p id="filter-problem" className="px-2 py-1 text-xs text-fg-2">
          {problem}
        </p>
      )}
    </div>
  )
}

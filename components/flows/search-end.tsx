'use client'

import { Button } from '../ui/button'
import { recordTime, type Zone } from './when'

type Props = {
  searching: boolean
  /** There is more to search. */
  more: boolean
  /** The search stands until the viewer goes on. */
  waits: boolean
  /** Milliseconds; null where everything was searched. */
  searchedTo: number | null
  empty: boolean
  zone: Zone
  onContinue: () => void
}

/** The end of the list: how far back was searched, and how to go on. */
export function SearchEnd({ searching, more, waits, searchedTo, empty, zone, onContinue }: Props) {
  const back = searchedTo === null ? '' : `Searched back to ${recordTime(searchedTo, zone).replace(/\.\d+$/, '')}`
  return (
    <div className="sticky left-0 flex min-h-9 max-w-full items-center gap-3 px-3 py-1.5 text-xs text-fg-3">
      {!more && !searching ? (
        'No older flows in this time range.'
      ) : (
        <>
          <span>
            {back || 'Loading older flows …'}
            {empty && back && ' · nothing matches yet'}
            {searching && back && ' …'}
          </span>
          {waits && (
            <Button size="sm" onClick={onContinue}>
              Continue
            </Button>
          )}
        </>
      )}
    </div>
  )
}

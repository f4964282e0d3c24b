'use client'

import { useQuery } from '@tanstack/react-query'
import { later } from '../later'
import { useState } from 'react'
import { valuesQuery } from './queries'
import { useViewParams } from '../url-state'
import { Popover } from '../ui/popover'
import { exampleFields, examplesOf } from './filter-examples'

const FilterFields = later(() => import('./filter-fields').then((module) => module.FilterFields))

/** What can be written in the filter: examples that find something here, then every field. */
export function FilterHelp({ onUse }: { onUse: (filter: string) => void }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="How to filter"
      trigger="?"
      look="icon"
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-[min(640px,calc(100vw-16px))] p-3"
    >
      <Examples
        onUse={(example) => {
          onUse(example)
          setOpen(false)
        }}
      />
      <FilterFields />
    </Popover>
  )
}

function Examples({ onUse }: { onUse: (filter: string) => void }) {
  const { q: _filter, ...params } = useViewParams()
  const { data } = useQuery(valuesQuery({ ...params, field: exampleFields, text: '' }))
  return (
    <section aria-label="Examples on this data">
      <h2 className="px-2 pb-1 text-2xs text-fg-3">Try on this data</h2>
      <ul className="grid sm:grid-cols-2">
        {examplesOf(data ?? []).map(({ text, finds }) => (
          <li key={text} className="min-w-0">
            <button
              type="button"
              onClick={() => onUse(text)}
              className="flex w-full flex-col rounded-sm px-2 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2"
            >
              <code className="max-w-full truncate font-mono text-xs">{text}</code>
              <span className="max-w-full truncate text-xs text-fg-3">{finds}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

'use client'

import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'

type Option<T extends string> = { readonly value: T; readonly label: string }

type Props<T extends string> = {
  label: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
  className?: string
}

/** One of a few, all visible; arrows move between them. */
export function Segmented<T extends string>({ label, value, options, onChange, className = '' }: Props<T>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next[0])
        if (chosen) onChange(chosen.value)
      }}
      className={`inline-flex shrink-0 rounded-md border border-line bg-panel ${className}`}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="h-7 whitespace-nowrap border-r border-line px-2.5 text-fg-2 first:rounded-l-[5px] last:rounded-r-[5px] last:border-r-0 hover:text-fg data-pressed:bg-hover data-pressed:text-fg"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}

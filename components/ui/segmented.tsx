'use client'

import { useId } from 'react'

/** `note`: why it says little, of one that is offered nevertheless. */
type Option<T extends string> = { readonly value: T; readonly label: string; readonly note?: string }

type Props<T extends string> = {
  label: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
  className?: string
  /** Small: inside a heading. */
  size?: 'sm' | 'md'
}

/** One of a few, all visible; one tab stop, arrows choose. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  className = '',
  size = 'md',
}: Props<T>) {
  const name = useId()
  return (
    <fieldset className={`inline-flex shrink-0 rounded-md border border-line bg-panel ${className}`}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.note}
          className={`flex cursor-pointer items-center border-r border-line whitespace-nowrap text-fg-2 ${size === 'sm' ? 'h-6 px-1.5 text-xs' : 'h-7 px-2.5'} first-of-type:rounded-l-[5px] last-of-type:rounded-r-[5px] last-of-type:border-r-0 hover:text-fg has-checked:bg-hover has-checked:text-fg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent`}
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.note === undefined ? (
            option.label
          ) : (
            <span className="text-fg-3 underline decoration-dotted underline-offset-2">
              {option.label}
              <span className="sr-only"> ({option.note})</span>
            </span>
          )}
        </label>
      ))}
    </fieldset>
  )
}

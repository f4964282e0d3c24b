'use client'

import { useCallback, useRef } from 'react'
import { Input } from '../ui/input'
import { useShortcut } from './use-shortcuts'

type Props = {
  label: string
  placeholder: string
  value: string
  /** null: it was emptied. */
  onChange: (value: string | null) => void
  className?: string
}

/** The search field of a page: the key of the filter leads to it, Escape empties it and then leaves it. */
export function SearchField({ label, placeholder, value, onChange, className = '' }: Props) {
  const input = useRef<HTMLInputElement>(null)
  useShortcut(
    'filter',
    useCallback(() => input.current?.select(), []),
  )
  return (
    <Input
      ref={input}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      maxLength={200}
      onChange={(event) => onChange(event.target.value || null)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        if (value) onChange(null)
        else event.currentTarget.blur()
      }}
      className={`flex-1 max-md:min-w-full ${className}`}
    />
  )
}

import type { ComponentProps } from 'react'

/** A text field of one line, 30 px high. */
export function Input({ className = '', ...props }: ComponentProps<'input'>) {
  return (
    <input
      spellCheck={false}
      autoComplete="off"
      className={`h-[30px] min-w-0 rounded-md border border-line bg-panel px-2.5 text-sm text-fg placeholder:text-fg-3 aria-invalid:border-bad ${className}`}
      {...props}
    />
  )
}

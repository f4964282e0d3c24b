import type { ComponentProps } from 'react'

type Choice<T extends string> = { readonly value: T; readonly label: string }

type Props<T extends string> = Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
  value: T
  choices: readonly Choice<T>[]
  onChange: (value: T) => void
}

/** One of several, as the browser shows it, 30 px high. */
export function Select<T extends string>({ value, choices, onChange, className = '', ...props }: Props<T>) {
  return (
    <select
      value={value}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice.value === event.target.value)
        if (chosen) onChange(chosen.value)
      }}
      className={`h-[30px] min-w-0 rounded-md border border-line bg-panel px-1.5 text-sm text-fg ${className}`}
      {...props}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}

import { type ReactNode, useId } from 'react'

/** A label above what it names; `hint`: one line below. */
export function Field({
  label,
  hint,
  children,
}: {
  label: string
  hint?: ReactNode
  children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-fg-2">
        {label}
      </label>
      {children(id)}
      {hint && <p className="text-xs text-fg-3">{hint}</p>}
    </div>
  )
}

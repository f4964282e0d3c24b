import type { ComponentProps } from 'react'

const variants = {
  plain: 'border-line bg-panel text-fg hover:bg-hover',
  primary: 'border-transparent bg-accent text-canvas font-[550] hover:opacity-90',
  quiet: 'border-transparent text-fg-2 hover:bg-hover hover:text-fg',
} as const

export type ButtonVariant = keyof typeof variants

/** The classes of a button, for links that look like one. */
export const buttonClass = (variant: ButtonVariant = 'plain', size: 'sm' | 'md' = 'md'): string =>
  `inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border ${
    size === 'sm' ? 'h-7 px-2 text-xs' : 'h-[30px] px-[11px] text-sm'
  } disabled:opacity-50 data-popup-open:bg-hover ${variants[variant]}`

type Props = ComponentProps<'button'> & { variant?: ButtonVariant; size?: 'sm' | 'md' }

export function Button({ variant = 'plain', size = 'md', className = '', type = 'button', ...props }: Props) {
  return <button type={type} className={`${buttonClass(variant, size)} ${className}`} {...props} />
}

/** A square button that shows a sign only; `label` is its name. */
export function IconButton({ label, className = '', ...props }: Omit<Props, 'variant' | 'size'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-fg-2 hover:bg-hover hover:text-fg disabled:opacity-50 ${className}`}
      {...props}
    />
  )
}

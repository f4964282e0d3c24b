import type { ReactNode } from 'react'

type Props = { title: string; level?: 'h1' | 'h2'; children?: ReactNode; actions?: ReactNode }

/** Says why nothing is here and what to do about it. */
export function EmptyState({ title, level: Heading = 'h2', children, actions }: Props) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-2 px-6 py-16 text-center">
      <Heading className="text-base font-semibold">{title}</Heading>
      {children && <div className="text-fg-2">{children}</div>}
      {actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}

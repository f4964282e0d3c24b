import type { ReactNode } from 'react'

/** One line of what is known of the subject. */
export const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <>
    <dt className="text-fg-3">{term}</dt>
    <dd className="min-w-0">{children}</dd>
  </>
)

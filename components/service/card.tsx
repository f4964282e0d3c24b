import { type ReactNode, useId } from 'react'

/** A framed part of the page with its heading; `figure` stands at the right of it. */
export function Card({
  title,
  figure,
  control,
  className = '',
  children,
}: {
  title: string
  figure?: ReactNode
  /** Beside the heading. */
  control?: ReactNode
  className?: string
  children: ReactNode
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={`min-w-0 rounded-md border border-line bg-panel px-3.5 py-3 ${className}`}>
      <div className="mb-1.5 flex min-h-7 flex-wrap items-baseline justify-between gap-x-3 gap-y-0.5">
        <span className="flex items-baseline gap-2">
          <h2 id={id} className="shrink-0 font-semibold">
            {title}
          </h2>
          {control}
        </span>
        {figure && <div className="ml-auto min-w-0 text-right text-fg-3">{figure}</div>}
      </div>
      {children}
    </section>
  )
}

/** The large figure of a card, with what is said beside it. */
export const Headline = ({ value, note }: { value: string; note?: ReactNode }) => (
  <span className="whitespace-nowrap">
    <b className="text-lg font-semibold text-fg">{value}</b>
    {note && <span className="ml-1.5 hidden text-xs sm:inline lg:hidden min-[1360px]:inline">{note}</span>}
  </span>
)

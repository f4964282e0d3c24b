type Part = { readonly key: string; readonly share: number; readonly fill: string; readonly title?: string }

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`

/**
 * Parts of a whole beside each other. Each is as wide as the bar and cut to its place, so that nothing moves in the
 * layout when figures change. What is there is at least two pixels wide.
 */
export function ShareBar({ parts, className }: { parts: readonly Part[]; className: string }) {
  return (
    <div
      aria-hidden="true"
      className={`relative w-full overflow-hidden rounded-sm forced-color-adjust-none ${className}`}
    >
      {parts.map(({ key, share, fill, title }, at) => {
        const from = parts.slice(0, at).reduce((sum, part) => sum + part.share, 0)
        const to = from + share
        const right = `min(calc(100% - ${percent(to)} + 1px), calc(100% - ${percent(from)} - 2px))`
        return (
          <span
            key={key}
            title={title}
            className="absolute inset-0"
            style={{ background: fill, clipPath: `inset(0 ${to > 0.9999 ? '0px' : right} 0 ${percent(from)})` }}
          />
        )
      })}
    </div>
  )
}

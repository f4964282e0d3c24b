const tailLength = 7

type Props = { text: string; title?: string; className?: string }

/** A name that loses its middle where room is short: the start gives way, the last letters stay. */
export function MiddleText({ text, title, className = '' }: Props) {
  const chars = Array.from(text)
  const cut = chars.length > tailLength * 2 ? chars.length - tailLength : chars.length
  return (
    <span className={`flex min-w-0 whitespace-pre ${className}`} title={title}>
      <span className="truncate">{chars.slice(0, cut).join('')}</span>
      {cut < chars.length && <span className="shrink-0">{chars.slice(cut).join('')}</span>}
    </span>
  )
}

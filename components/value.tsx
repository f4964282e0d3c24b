import { dash, spokenUnknown } from './format'

/** A formatted figure; what is unknown is a faint dash that is spoken as a word. */
export function Value({ text, className = '' }: { text: string; className?: string }) {
  if (text !== dash) return <span className={`whitespace-nowrap ${className}`}>{text}</span>
  return (
    <span className="text-fg-3">
      <span aria-hidden="true">{dash}</span>
      <span className="sr-only">{spokenUnknown}</span>
    </span>
  )
}

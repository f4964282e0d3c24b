'use client'

import type { TermState } from '@/core/filter/filter-edit'
import type { FacetBasis, FlowFacetId } from '@/core/flows/flow-facets'
import { type EncryptionClass, encryptionClasses } from '@/core/encryption/classes'
import { type Verdict, verdicts } from '@/core/verdict'
import { formatShort } from '../format'
import { sourceName } from '@/core/sources/source-name'
import { classWords, summaryStatus } from '../encryption-words'
import { countWords } from './facet-words'
import { StatusMark, verdictStatus } from '../status-mark'

type Props = {
  facet: FlowFacetId
  label: string
  count: number
  basis: FacetBasis
  /** Of the largest count beside it, 0 to 1. */
  share: number
  state: TermState
  /** `deny`: leave it out. */
  onToggle: (deny: boolean) => void
}

/** One choice of a facet. A press wants it, Alt and a press leaves it out, and so does the button that appears beside it. */
export function FacetValue({ facet, label, count, basis, share, state, onToggle }: Props) {
  return (
    <li className={`group relative flex h-6 items-center text-xs hover:bg-hover ${state === 'open' ? '' : 'bg-hover'}`}>
      <span
        aria-hidden="true"
        className="absolute inset-y-px left-2 rounded-sm bg-hover opacity-70"
        style={{ width: `calc((100% - 16px) * ${share})` }}
      />
      <button
        type="button"
        aria-pressed={state === 'wanted'}
        title={`${label}: ${countWords(count, basis)}. Alt and a press leaves it out.`}
        onClick={(event) => onToggle(event.altKey)}
        className="relative flex h-full min-w-0 flex-1 items-center gap-1.5 pr-3 pl-3 group-focus-within:pr-9 group-hover:pr-9 text-left -outline-offset-2"
      >
        <span aria-hidden="true" className="w-2.5 shrink-0 text-accent">
          {state === 'wanted' ? '✓' : state === 'unwanted' ? '≠' : ''}
        </span>
        <span className={`min-w-0 flex-1 truncate ${state === 'unwanted' ? 'text-fg-3 line-through' : ''}`}>
          <Label facet={facet} label={label} />
        </span>
        {state === 'unwanted' && <span className="sr-only">left out</span>}
        <span className="shrink-0 text-fg-3">{formatShort(count)}</span>
      </button>
      <button
        type="button"
        aria-label={`Leave out ${label}`}
        aria-pressed={state === 'unwanted'}
        title="Leave it out"
        onClick={() => onToggle(true)}
        className="absolute right-0 hidden h-6 w-8 items-center justify-center bg-hover text-fg-2 group-focus-within:flex group-hover:flex hover:text-fg"
      >
        ≠
      </button>
    </li>
  )
}

const isVerdict = (text: string): text is Verdict => verdicts.some((one) => one === text)
const isClass = (text: string): text is EncryptionClass => encryptionClasses.some((one) => one === text)

function Label({ facet, label }: { facet: FlowFacetId; label: string }) {
  if (facet === 'verdict' && isVerdict(label))
    return <StatusMark status={verdictStatus[label]} label={label} showLabel />
  if (facet === 'encryption' && isClass(label))
    return <StatusMark status={summaryStatus(label)} label={classWords[label]} showLabel />
  if (facet === 'source') return sourceName(label)
  return <span className={facet === 'protocol' ? '' : 'font-mono text-2xs'}>{label}</span>
}

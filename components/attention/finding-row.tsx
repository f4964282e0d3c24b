import type { Finding, Severity } from '@/core/findings/finding'
import { bound } from '../format'
import { type Status, StatusMark } from '../status-mark'
import { worseFirst } from './worse-first'
import { changeWords, riseWords, sentenceOf, sinceWords } from './onset-words'

const statuses: Readonly<Record<Severity, Status | null>> = {
  failing: 'bad',
  degraded: 'warn',
  unknown: 'unknown',
  notice: null,
}

type Props = {
  finding: Finding
  /** End of what is shown, milliseconds. */
  now: number
  onSelect: (id: string) => void
}

const shownAffected = 5

/** One thing that needs attention: what and since when, why, and whom it reaches. A click leads to it. */
export function FindingRow({ finding, now, onSelect }: Props) {
  const { subject, title, sentence, severity, onset, change, changesSeen } = finding
  const affected = worseFirst(finding)
  const more = sentenceOf([onset ? riseWords(onset) : '', changeWords(change, changesSeen, onset)])
  const body = (
    <>
      <span className="flex items-baseline gap-2">
        <SeverityMark severity={severity} />
        <span title={title} className="line-clamp-3 min-w-0 flex-1 font-[550] wrap-anywhere text-fg">
          {title}
        </span>
      </span>
      <span className="mt-0.5 block pl-[18px] text-xs text-fg-2">
        {onset && severity !== 'notice' && <span className="text-fg-3">{sentenceOf([sinceWords(onset, now)])} </span>}
        {bound(sentence)} {more}
      </span>
    </>
  )
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      {subject === null ? (
        <div className="px-1.5 py-1">{body}</div>
      ) : (
        <button
          type="button"
          onClick={() => onSelect(subject)}
          className="block w-full rounded-md px-1.5 py-1 text-left hover:bg-hover"
        >
          {body}
        </button>
      )}
      {affected.length > 0 && severity !== 'notice' && (
        <p className="flex flex-wrap items-center gap-x-0.5 pl-6 text-xs text-fg-3">
          also affects
          {affected.slice(0, shownAffected).map(({ id, name, isWorse }) => (
            <button
              key={id}
              type="button"
              onClick={() => onSelect(id)}
              className="inline-flex h-6 max-w-40 items-center gap-1 rounded-sm px-1 text-fg-2 underline-offset-2 hover:bg-hover hover:underline"
            >
              {isWorse && <StatusMark status="bad" label="failing:" className="shrink-0" />}
              <span className="truncate">{name}</span>
            </button>
          ))}
          {affected.length > shownAffected && `and ${affected.length - shownAffected} more`}
        </p>
      )}
    </li>
  )
}

/** Notices have no status: something changed that need not be trouble. */
function SeverityMark({ severity }: { severity: Severity }) {
  const status = statuses[severity]
  if (status) return <StatusMark status={status} label={severity} />
  return (
    <span className="inline-flex w-2.5 shrink-0 justify-center" title="notice">
      <span aria-hidden="true" className="size-1.5 rounded-full bg-fg-3" />
      <span className="sr-only">notice</span>
    </span>
  )
}

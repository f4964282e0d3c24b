'use client'

import { objectText } from '@/core/policy/edit/object-text'
import { policyName } from '@/core/policy/policy-name'
import type { WriteResult, WriteState } from '@/core/policy/apply/write-result'
import { LineDiffView } from '../../policies/line-diff-view'
import { type Status, StatusMark } from '../../status-mark'
import { Button } from '../../ui/button'
import { unsaidReason } from './unsaid-reason'

const words: Readonly<Record<WriteState, { readonly dry: string; readonly done: string; readonly status: Status }>> = {
  created: { dry: 'would be created', done: 'created', status: 'ok' },
  updated: { dry: 'would be changed', done: 'changed', status: 'ok' },
  deleted: { dry: 'would be deleted', done: 'deleted', status: 'ok' },
  unchanged: { dry: 'is so already', done: 'was so already', status: 'ok' },
  refused: { dry: 'refused', done: 'refused', status: 'bad' },
  'not-tried': { dry: 'not tried', done: 'not tried', status: 'unknown' },
  unknown: { dry: 'not known', done: 'sent, and nothing was heard of it', status: 'unknown' },
}

type Props = {
  result: WriteResult
  dryRun: boolean
  /** What stands above of the whole, which has the reason of what stopped it: it is not said twice. */
  said: string
  /** Managers that are taken over, and what is done when one is ticked; null: nothing can be chosen. */
  takeOver: { readonly chosen: readonly string[]; readonly toggle: (manager: string) => void } | null
  /** null: it cannot be chosen any more. */
  onRebase: (() => void) | null
  override: { readonly chosen: boolean; readonly toggle: () => void } | null
}

/** What became, or would become, of one object: in words, as a difference, and with what stands in the way. */
export function ApplyResult({ result, dryRun, said, takeOver, onRebase, override }: Props) {
  const { ref, state, before, after, problem, warnings } = result
  const word = words[state]
  const name = policyName(ref)
  const reason = unsaidReason(problem, said)
  return (
    <li className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-mono text-xs font-semibold">{name}</span>
        <StatusMark status={word.status} label={dryRun ? word.dry : word.done} showLabel />
      </p>
      {reason !== null && <p className="text-fg">{reason}</p>}
      {problem?.fields.length ? (
        <ul className="list-disc pl-5 text-xs text-fg-2">
          {problem.fields.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <span className="font-mono">{field}</span>: {message}
            </li>
          ))}
        </ul>
      ) : null}
      {conflictsOf(problem, takeOver?.chosen ?? []).map(({ manager, fields }) => (
        <label key={manager} className="flex items-start gap-2 text-xs">
          <input
            type="checkbox"
            disabled={!takeOver}
            checked={takeOver?.chosen.includes(manager) ?? false}
            onChange={() => takeOver?.toggle(manager)}
          />
          <span>
            Take over from <span className="font-mono">{manager}</span>
            {fields.length > 0 && `: ${fields.slice(0, 6).join(', ')}`}
            {fields.length > 6 ? ` and ${fields.length - 6} more` : ''}
          </span>
        </label>
      ))}
      {(problem?.code === 'changed' || problem?.code === 'exists') && onRebase && (
        <Button size="sm" className="self-start" onClick={onRebase}>
          Show my draft against what stands now
        </Button>
      )}
      {problem?.code === 'owned' && override && (
        <label className="flex items-start gap-2 text-xs">
          <input type="checkbox" checked={override.chosen} onChange={override.toggle} />
          <span>Change it here all the same. Its owner may undo this.</span>
        </label>
      )}
      {warnings.map((warning) => (
        <p key={warning} className="text-xs">
          <StatusMark status="warn" label="The API server warns:" showLabel /> {warning}
        </p>
      ))}
      {(before || after) && state !== 'unchanged' && state !== 'not-tried' && (
        <LineDiffView
          label={`What changes in ${name}`}
          before={before ? objectText(before) : ''}
          after={after ? objectText(after) : ''}
        />
      )}
    </li>
  )
}

type Conflict = { readonly manager: string; readonly fields: readonly string[] }

/** Whom fields would be taken from, and whom they are taken from by choice. */
const conflictsOf = (problem: WriteResult['problem'], chosen: readonly string[]): readonly Conflict[] => {
  const named: readonly Conflict[] = problem?.conflicts ?? []
  return [
    ...named,
    ...chosen
      .filter((manager) => !named.some((one) => one.manager === manager))
      .map((manager) => ({ manager, fields: [] })),
  ]
}

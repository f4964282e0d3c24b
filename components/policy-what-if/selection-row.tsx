'use client'

import { policyName } from '@/core/policy/policy-name'
import { refKey } from '@/core/policy/normal-form'
import type { DraftSelection } from '@/core/policy/what-if/answer'
import { plural } from '../format'
import { EffectRow } from './effect-row'
import { someOf } from './possible-row'

type Props = { selections: readonly DraftSelection[]; open: boolean; onToggle: () => void }

/** Which workloads the objects of the draft select, so that a selector that catches others is seen. */
export function SelectionRow({ selections, open, onToggle }: Props) {
  const all = new Set(selections.flatMap(({ selects }) => selects))
  const perhaps = new Set(selections.flatMap((one) => one.perhaps))
  return (
    <EffectRow
      title="Selects"
      status={all.size > 0 ? 'ok' : 'unknown'}
      count={plural(all.size, 'workload')}
      isEmpty={selections.length === 0}
      summary={someOf([...all], 4) || (selections.length > 0 ? 'nobody' : '')}
      figure={perhaps.size > 0 ? `${perhaps.size} perhaps` : ''}
      open={open}
      onToggle={onToggle}
    >
      <ul className="flex flex-col gap-2">
        {selections.map(({ ref, selects, perhaps: maybe, added, removed }) => (
          <li key={refKey(ref)} className="text-sm">
            <p className="font-medium">{policyName(ref)}</p>
            <Names title="selects" names={selects} otherwise="nobody" />
            {added.length > 0 && added.length < selects.length && <Names title="newly" names={added} />}
            {removed.length > 0 && <Names title="no longer" names={removed} />}
            {maybe.length > 0 && <Names title="perhaps" names={maybe} />}
          </li>
        ))}
      </ul>
    </EffectRow>
  )
}

const Names = ({ title, names, otherwise = '' }: { title: string; names: readonly string[]; otherwise?: string }) => (
  <p className="flex gap-2 text-xs">
    <span className="w-16 shrink-0 text-fg-3">{title}</span>
    <span className="font-mono wrap-anywhere">{someOf(names, 40) || otherwise}</span>
  </p>
)

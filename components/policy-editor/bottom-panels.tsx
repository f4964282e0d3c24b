'use client'

import { useState } from 'react'
import type { PolicyGround } from '@/core/policy/ground'
import type { ModelObject } from '@/core/policy/model'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { PolicyChange } from '@/core/policy/policy-change'
import type { DraftTest } from '@/core/policy/what-if/answer'
import type { SuggestScope } from '@/core/policy/what-if/ground-suggestions'
import { DriftLine } from '../policy-what-if/drift-line'
import { EffectsPanel } from '../policy-what-if/effects-panel'
import type { GroundPeriod } from '../policy-what-if/panel-props'
import { SuggestPanel } from '../policy-what-if/suggest-panel'
import { TestsPanel } from '../policy-what-if/tests-panel'
import { lastReadable } from '../policy-what-if/whole-effect'
import { StatusMark } from '../status-mark'
import { IconButton } from '../ui/button'
import { Segmented } from '../ui/segmented'
import type { Effects } from './use-effects'

type Props = {
  ground: PolicyGround
  effects: Effects
  changes: readonly PolicyChange[]
  textError: boolean
  period: GroundPeriod
  onPeriod: (period: GroundPeriod) => void
  tests: readonly DraftTest[]
  onTests: (tests: readonly DraftTest[]) => void
  /** The object of the cluster that is edited. */
  policy: PolicyRef | null
  /** Whom suggestions are for; null: they are not opened. */
  suggesting: SuggestScope | null
  onSuggesting: (scope: SuggestScope | null) => void
  onAccept: (objects: readonly ModelObject[]) => void
}

type Tab = 'effects' | 'tests' | 'suggest'

const places = { effects: 'What it does', tests: 'Tests', suggest: 'Suggestions' } as const

/** What the draft does to traffic, whether its tests hold, and what traffic suggests. */
export function BottomPanels(props: Props) {
  const { ground, effects, changes, period, onPeriod, tests, onTests, policy, suggesting, onSuggesting, onAccept } =
    props
  const [tab, setTab] = useState<Tab>('effects')
  const [folded, setFolded] = useState(false)
  const at: Tab = suggesting ? 'suggest' : tab === 'suggest' ? 'effects' : tab
  const choose = (next: Tab) => {
    setFolded(false)
    setTab(next)
    onSuggesting(next === 'suggest' ? scopeOfPolicy(policy, ground) : null)
  }
  return (
    <section
      aria-label="What the draft does"
      className={`flex shrink-0 flex-col border-t border-line bg-panel ${suggesting ? 'min-h-0 flex-1' : folded ? '' : 'max-h-[36vh]'}`}
    >
      <div className="flex shrink-0 flex-wrap items-center gap-3 px-5 pt-2 pb-1">
        <Segmented
          label="Panel"
          size="sm"
          value={at}
          options={[
            { value: 'effects', label: places.effects },
            { value: 'tests', label: tests.length > 0 ? `${places.tests} (${tests.length})` : places.tests },
            { value: 'suggest', label: places.suggest },
          ]}
          onChange={choose}
        />
        <span className="min-w-0 flex-1">
          <DriftLine ground={ground} policy={policy} onSuggest={() => onSuggesting(scopeOfPolicy(policy, ground))} />
        </span>
        <IconButton
          label={folded ? 'Unfold the panel' : 'Fold the panel'}
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          {folded ? '▴' : '▾'}
        </IconButton>
      </div>
      {!folded && (
        <div className="min-h-0 flex-1 overflow-auto px-5 pb-3">
          {at === 'effects' && (
            <EffectsPanel
              ground={ground}
              answered={effects.whatIf}
              lint={effects.lint}
              period={period}
              onPeriod={onPeriod}
              staged={effects.staged}
              onStaged={effects.setStaged}
              textError={props.textError}
            />
          )}
          {at === 'tests' && props.textError && (
            <p className="py-1 text-fg-2">
              <StatusMark status="warn" label={lastReadable} showLabel />
            </p>
          )}
          {at === 'tests' && (
            <TestsPanel ground={ground} changes={changes} staged={effects.staged} tests={tests} onTests={onTests} />
          )}
          {at === 'suggest' && suggesting && (
            <SuggestPanel ground={ground} scope={suggesting} period={period} onPeriod={onPeriod} onAccept={onAccept} />
          )}
        </div>
      )}
    </section>
  )
}

/** The namespace of the policy, else every namespace. */
const scopeOfPolicy = (policy: PolicyRef | null, { model }: PolicyGround): SuggestScope => ({
  type: 'namespaces',
  namespaces: policy?.namespace ? [policy.namespace] : model.namespaces.map(({ name }) => name),
})

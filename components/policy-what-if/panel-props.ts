import type { PolicyGround } from '@/core/policy/ground'
import type { ModelObject } from '@/core/policy/model'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { PolicyChange } from '@/core/policy/policy-change'
import type { DraftTest, LintChange, WhatIf } from '@/core/policy/what-if/answer'
import type { SuggestScope } from '@/core/policy/what-if/ground-suggestions'
import type { Answered } from './use-answer'

/** How far back recorded traffic is looked at. */
export const groundPeriods = ['1h', '24h', '14d', '30d'] as const
export type GroundPeriod = (typeof groundPeriods)[number]

/** Of `EffectsPanel` (effects-panel.tsx): what a draft does to recorded and possible traffic. The page asks, once. */
export type EffectsPanelProps = {
  readonly ground: PolicyGround | undefined
  /** Of `useWhatIf`. */
  readonly answered: Answered<WhatIf>
  /** Of `useDraftLint`. */
  readonly lint: Answered<LintChange>
  readonly period: GroundPeriod
  readonly onPeriod: (period: GroundPeriod) => void
  /** Shown where the draft touches staged policies; null: as the draft is. */
  readonly staged: WhatIf['staged'] | null
  readonly onStaged: (staged: WhatIf['staged']) => void
  /** Some text of the draft has an error now; what is asked is without it, or of the text before. */
  readonly textError: boolean
}

/** Of `TestsPanel` (tests-panel.tsx): "can X reach Y on P?", kept with the draft. */
export type TestsPanelProps = {
  readonly ground: PolicyGround | undefined
  readonly changes: readonly PolicyChange[]
  readonly staged: WhatIf['staged'] | null
  readonly tests: readonly DraftTest[]
  readonly onTests: (tests: readonly DraftTest[]) => void
}

/** Of `SuggestPanel` (suggest-panel.tsx): policies from recorded traffic, rule by rule. */
export type SuggestPanelProps = {
  readonly ground: PolicyGround | undefined
  readonly scope: SuggestScope
  readonly period: GroundPeriod
  readonly onPeriod: (period: GroundPeriod) => void
  /** Gets new objects with the rules that were accepted. */
  readonly onAccept: (objects: readonly ModelObject[]) => void
}

/** Of `DriftLine` (drift-line.tsx): "3 new edges since this was suggested"; nothing where there are none. */
export type DriftLineProps = {
  readonly ground: PolicyGround | undefined
  readonly policy: PolicyRef | null
  /** Asks for a new suggestion of whom the policy is about. */
  readonly onSuggest?: () => void
}

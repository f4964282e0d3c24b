'use client'

import { useState } from 'react'
import type { PolicyGround } from '@/core/policy/ground'
import type { PolicyChange } from '@/core/policy/policy-change'
import type { LintChange, WhatIf } from '@/core/policy/what-if/answer'
import type { Answered } from '../policy-what-if/use-answer'
import { useDraftLint, useWhatIf } from '../policy-what-if/use-what-if'

/** What the draft does, asked once for the whole page. */
export type Effects = {
  readonly whatIf: Answered<WhatIf>
  readonly lint: Answered<LintChange>
  /** null: staged policies count as the draft is. */
  readonly staged: WhatIf['staged'] | null
  readonly setStaged: (staged: WhatIf['staged']) => void
}

export function useEffects(ground: PolicyGround, changes: readonly PolicyChange[]): Effects {
  const [staged, setStaged] = useState<WhatIf['staged'] | null>(null)
  return { whatIf: useWhatIf(ground, changes, staged), lint: useDraftLint(ground, changes), staged, setStaged }
}

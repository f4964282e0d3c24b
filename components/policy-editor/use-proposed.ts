'use client'

import { useMemo, useState } from 'react'
import type { PolicyGround } from '@/core/policy/ground'
import type { Proposed } from '../policy-what-if/protocol'
import { useAnswer } from '../policy-what-if/use-answer'
import type { Entry } from './entry'
import { wishOf } from './state/wish'

/**
 * What is proposed for the wish that an entry names, worked out by the page's worker; null: it names none, or that
 * failed; undefined: not yet. Once there it stays, whatever the ground becomes.
 */
export function useProposed(ground: PolicyGround | undefined, entry: Entry): Proposed | null | undefined {
  const key = JSON.stringify(entry)
  const [kept, setKept] = useState<{ readonly key: string; readonly proposed: Proposed | null } | null>(null)
  const isKept = kept?.key === key
  const wish = useMemo(() => (ground && !isKept ? wishOf(ground, entry) : null), [ground, entry, isKept])
  const { answer, current, error } = useAnswer(isKept ? undefined : ground, 'propose', wish)
  if (isKept) return kept.proposed
  if (!ground) return undefined
  const proposed = wish === null || error !== null ? null : current ? answer : undefined
  if (proposed !== undefined) setKept({ key, proposed })
  return proposed
}

'use client'

import type { PolicyRecord } from '@/core/policy/ground'
import { formatWhen } from '../../format'
import { isKept, ownerAdvice, ownerWords } from '../../policies/policy-words'

/** Who manages the object, since when it is as it is, whether it is under Git, and what that means for a change. */
export function OwnerLine({ record }: { record: PolicyRecord | null }) {
  if (!record) return <span>new object</span>
  const { owner, changedAt } = record
  const git = owner.type === 'argo-cd' || owner.type === 'flux'
  const parts = [
    owner.type === 'unknown' ? `who manages it is ${ownerWords(owner)}` : `managed by ${ownerWords(owner)}`,
    `last changed ${formatWhen(changedAt, 'min')}`,
    git ? 'under Git' : owner.type === 'people' ? 'not under Git' : '',
    isKept(owner) ? ownerAdvice(owner) : '',
  ].filter((part) => part !== '')
  return <span title={parts.join(' · ')}>{parts.join(' · ')}</span>
}

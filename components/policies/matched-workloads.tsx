'use client'

import { useState } from 'react'
import type { MatchedRule } from '@/core/policy/pages/object-page'
import { formatCount, plural } from '../format'

const atOnce = 4

type Props = {
  rule: MatchedRule
  /** There are namespaces that may not be seen. */
  hides: boolean
}

/** Whom the other end of a rule matches now. */
export function MatchedWorkloads({ rule: { matches, matchCount, maybe }, hides }: Props) {
  const [whole, setWhole] = useState(false)
  const shown = whole ? matches : matches.slice(0, atOnce)
  const left = matchCount - shown.length
  if (matchCount === 0)
    return <p className="pl-[18px] text-xs text-fg-3">matches no workload {hides ? 'that you may see' : 'now'}</p>
  return (
    <p className="pl-[18px] text-xs break-words text-fg-3">
      matches {plural(matchCount, 'workload')}
      {maybe > 0 && `, ${formatCount(maybe)} of them perhaps`}:{' '}
      <span className="font-mono text-2xs text-fg-2">
        {shown.map(({ namespace, name }) => `${namespace}/${name}`).join(', ')}
      </span>
      {left > 0 &&
        (matches.length > shown.length ? (
          <button type="button" className="ml-1.5 min-h-6 text-accent hover:underline" onClick={() => setWhole(true)}>
            and {formatCount(left)} more
          </button>
        ) : (
          ` and ${formatCount(left)} more`
        ))}
    </p>
  )
}

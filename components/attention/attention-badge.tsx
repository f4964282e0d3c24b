'use client'

import { useQuery } from '@tanstack/react-query'
import type { Finding } from '@/core/findings/finding'
import { plural } from '../format'
import { findingsQuery } from './queries'
import { StatusMark } from '../status-mark'
import { useFrozenToken, useViewParams } from '../url-state'

/** How many things are unwell in the time of the page, beside a link. Nothing where nothing is; a ring where that is not known. */
export function AttentionBadge({ otherwise }: { otherwise: React.ReactNode }) {
  const { q: _filter, ...params } = useViewParams()
  const frozen = useFrozenToken() !== null
  const { data, isError } = useQuery({ ...findingsQuery(params), enabled: !frozen })
  if (frozen) return otherwise
  if (isError && !data) return <StatusMark status="unknown" label="what needs attention is not known" />
  if (!data) return otherwise
  const { failing, degraded, unknown } = data.counts
  const unwell = failing + degraded
  if (unwell > 0)
    return (
      <span className="flex items-center gap-1 text-2xs tabular-nums">
        <StatusMark
          status={isAnyFailing(data.findings) ? 'bad' : 'warn'}
          label={`${plural(unwell, 'finding')} ${unwell === 1 ? 'needs' : 'need'} attention`}
        />
        <span aria-hidden="true">{unwell}</span>
      </span>
    )
  return unknown > 0 ? <StatusMark status="unknown" label="something could not be seen" /> : otherwise
}

/** Also whom it reaches: the map marks them so. */
const isAnyFailing = (findings: readonly Pick<Finding, 'severity' | 'affected'>[]) =>
  findings.some(
    ({ severity, affected }) => severity === 'failing' || affected.some(({ health }) => health === 'failing'),
  )

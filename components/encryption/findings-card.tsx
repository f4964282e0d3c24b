'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { AuditName } from '@/core/findings/finding'
import { FindingRow } from '../attention/finding-row'
import { findingsQuery } from '../attention/queries'
import { Card } from '../service/card'
import { useKeptSearch } from '../shell/use-kept-search'
import { useViewParams } from '../url-state'
import type { EncryptionState } from './use-encryption-state'

const about: readonly AuditName[] = ['plaintext', 'intent', 'tunnel', 'certificate']

/** What changed for the worse, or differs from what is configured; nothing where all is as it should be. */
export function FindingsCard({ state }: { state: EncryptionState }) {
  const { q: _q, ...params } = useViewParams()
  const { data } = useQuery(findingsQuery(params))
  const router = useRouter()
  const kept = useKeptSearch()
  const found = data?.findings.filter(({ audit }) => about.includes(audit)) ?? []
  if (!data || found.length === 0) return null
  const open = (id: string) =>
    id.includes('|')
      ? state.openEdge(id)
      : router.push(`/${kept}${kept ? '&' : '?'}lens=encryption&sel=${encodeURIComponent(id)}`)
  return (
    <Card
      title="Needs attention"
      figure={<span className="text-xs">held against the past and what is configured</span>}
    >
      <ul className="-mx-1.5">
        {found.map((finding) => (
          <FindingRow key={finding.id} finding={finding} now={data.window.to} onSelect={open} />
        ))}
      </ul>
    </Card>
  )
}

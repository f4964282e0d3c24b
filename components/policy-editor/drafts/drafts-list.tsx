'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { formatWhen, plural } from '../../format'
import { draftsQuery } from './draft-api'

const mostShown = 12

/** Drafts that people keep, the newest save first. */
export function DraftsList() {
  const { data } = useQuery(draftsQuery())
  if (!data || data.length === 0) return null
  return (
    <section aria-label="Drafts" className="flex flex-col gap-2">
      <h2 className="font-semibold">Go on with a draft</h2>
      <ul className="rounded-lg border border-line bg-panel">
        {data.slice(0, mostShown).map((draft) => (
          <li key={draft.id} className="border-b border-line last:border-b-0">
            <Link
              href={`/policies/edit?draft=${draft.id}&cluster=${encodeURIComponent(draft.cluster)}`}
              className="flex min-h-8 items-center gap-3 px-3 hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{draft.name}</span>
              <span className="text-xs text-fg-3">
                {plural(draft.objects, 'object')}
                {draft.comments > 0 && `, ${plural(draft.comments, 'comment')}`} · {draft.updatedBy},{' '}
                {formatWhen(draft.updatedAt, 'min')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

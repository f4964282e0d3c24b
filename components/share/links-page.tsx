'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { LinkRow } from '@/core/links/link'
import { ApiError, sendJson } from '../api'
import { formatAgo, formatBytes, formatDateTime, formatSpan, plural } from '../format'
import { DeleteLinks } from './delete-links'
import { linksQuery } from './queries'
import { ConsolePage } from '../shell/console-page'
import { ErrorState } from '../shell/error-state'
import { useAnnounce } from '../ui/announcer'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { SkeletonRows } from '../ui/skeleton'
import { useNow } from '../use-now'

/** What has been shared, and taking it back. */
export function LinksPage() {
  const { data, error, refetch } = useQuery(linksQuery())
  return (
    <ConsolePage title="Shared links" timeless>
      <div className="min-h-0 flex-1 overflow-auto">
        <div className="mx-auto flex max-w-[1000px] flex-col gap-4 p-4 pb-16">
          {error && !data ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <SkeletonRows rows={6} label="Loading links" />
          ) : data.links.length === 0 ? (
            <EmptyState title="Nothing is shared">
              Share on any page makes a short link: live, or frozen with the data that the page shows.
            </EmptyState>
          ) : (
            <>
              <div className="flex items-start justify-between gap-3">
                <p className="text-fg-2">
                  {plural(data.links.length, 'link')}. Frozen ones hold {formatBytes(data.usedBytes)} of{' '}
                  {formatBytes(data.maxBytes)}. Addresses are not listed: only a hash of each is kept.
                </p>
                <DeleteLinks links={data.links} />
              </div>
              <LinkTable links={data.links} />
            </>
          )}
        </div>
      </div>
    </ConsolePage>
  )
}

const headings = ['Title', 'Kind', 'Made', 'Kept until', 'Holds'] as const

function LinkTable({ links }: { links: readonly LinkRow[] }) {
  return (
    <div className="overflow-x-auto">
      <table aria-label="Shared links" className="w-full min-w-[720px]">
        <thead>
          <tr className="border-b border-line text-2xs text-fg-3">
            {headings.map((heading) => (
              <th
                key={heading}
                scope="col"
                className={`h-7 px-2.5 font-medium ${heading === 'Holds' ? 'text-right' : 'text-left'}`}
              >
                {heading}
              </th>
            ))}
            <th scope="col" className="print:hidden">
              <span className="sr-only">Delete</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <Row key={link.id} link={link} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ link }: { link: LinkRow }) {
  const now = useNow() ?? link.createdAt
  const client = useQueryClient()
  const announce = useAnnounce()
  const name = link.title || link.path
  const remove = useMutation({
    mutationFn: () => sendJson<{ id: number }>('DELETE', `links/${link.id}`),
    onSuccess: () => announce(`${name} is deleted; its address leads nowhere now`),
    onSettled: () => client.invalidateQueries({ queryKey: ['links'] }),
  })
  return (
    <tr className="border-b border-line">
      <td className="max-w-80 px-2.5 py-1.5">
        <div className="truncate" title={name}>
          {link.frozen ? (
            name
          ) : (
            <a href={link.path} className="text-accent hover:underline">
              {name}
            </a>
          )}
        </div>
        <div className="truncate font-mono text-2xs text-fg-3" title={link.path}>
          {link.path}
        </div>
      </td>
      <td className="px-2.5 whitespace-nowrap">
        {link.from === null || link.to === null ? 'Live' : `Frozen, ${formatSpan(link.from, link.to, now)}`}
      </td>
      <td className="px-2.5" title={formatDateTime(link.createdAt)}>
        {formatAgo(link.createdAt, now)} <span className="text-fg-3">by {link.createdBy}</span>
      </td>
      <td className="px-2.5 whitespace-nowrap">
        {link.expiresAt === null ? 'it is deleted' : formatDateTime(link.expiresAt, 'min')}
      </td>
      <td className="px-2.5 text-right whitespace-nowrap">{link.frozen ? formatBytes(link.bytes) : ''}</td>
      <td className="px-2.5 text-right whitespace-nowrap print:hidden">
        {remove.error && (
          <span role="alert" className="mr-2 text-xs">
            {remove.error instanceof ApiError ? remove.error.message : 'It could not be deleted.'}
          </span>
        )}
        <Button size="sm" disabled={remove.isPending} onClick={() => remove.mutate()} aria-label={`Delete ${name}`}>
          Delete
        </Button>
      </td>
    </tr>
  )
}

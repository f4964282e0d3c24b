'use client'

import Link from 'next/link'
import { ApiError } from '../api'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { EmptyState } from '../ui/empty-state'

/** A failure as a sentence with a next step and the id by which the log knows it. */
export function ErrorState({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  if (error instanceof ApiError && error.code === 'not_frozen')
    return (
      <EmptyState title="Not part of this frozen view">
        {error.message} “Open live” asks for what is there now.
      </EmptyState>
    )
  if (error instanceof ApiError && error.code === 'too_many')
    return (
      <EmptyState title="A moment, please" actions={onRetry && <Button onClick={onRetry}>Try again</Button>}>
        {error.message}
      </EmptyState>
    )
  // Rights do not come by trying.
  if (error instanceof ApiError && error.code === 'forbidden')
    return (
      <div role="alert">
        <EmptyState title="You may not see this">{error.message}</EmptyState>
      </div>
    )
  // Code of a page that did not come; asking for it again takes a new page.
  if (error.name === 'ChunkLoadError')
    return (
      <div role="alert">
        <EmptyState
          title="This could not be loaded"
          actions={<Button onClick={() => location.reload()}>Load the page again</Button>}
        >
          A part of Oriel did not come. Is the network there?
        </EmptyState>
      </div>
    )
  const requestId = error instanceof ApiError ? error.requestId : digestOf(error)
  return (
    <div role="alert">
      <EmptyState title="This could not be loaded" actions={onRetry && <Button onClick={onRetry}>Try again</Button>}>
        <p>
          {error instanceof ApiError
            ? withLink(error.message)
            : 'Something in Oriel failed. Try again; the log of the server says why.'}
        </p>
        {requestId && (
          <p className="mt-2 flex items-center justify-center gap-1 text-xs text-fg-3">
            Request <code className="font-mono">{requestId}</code>
            <CopyButton text={requestId} />
          </p>
        )}
      </EmptyState>
    </div>
  )
}

/** A message that names the Sources page leads there. */
const withLink = (message: string) =>
  message.split(/\b(Sources)\b/).map((part, i) =>
    part === 'Sources' ? (
      <Link key={i} href="/sources" className="text-accent hover:underline">
        {part}
      </Link>
    ) : (
      part
    ),
  )

function digestOf(error: Error): string | null {
  const digest: unknown = Reflect.get(error, 'digest')
  return typeof digest === 'string' ? digest : null
}

import Link from 'next/link'
import { plural } from '../format'
import { StatusMark } from '../status-mark'
import type { ShownPage } from './shown-page'

/** Which kinds of policies could not be read, and what is therefore not known. */
export function UnreadStrip({ page: { unread, hidesNamespaces } }: { page: ShownPage }) {
  const [first] = unread
  if (!first && !hidesNamespaces) return null
  const kinds = unread.map(({ kind }) => kind)
  return (
    <section
      aria-label="What could not be read"
      className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-panel px-3 py-1 text-xs text-fg-2"
    >
      {first && (
        <>
          <StatusMark status="warn" label="Not all policies are known" />
          <span className="min-w-0 flex-1" title={unread.map(({ kind, reason }) => `${kind}: ${reason}`).join('\n')}>
            {kinds.length > 4 ? plural(kinds.length, 'kind') : kinds.join(', ')} could not be read ({first.reason}).
            What they decide is not known.
          </span>
          <Link href="/sources" className="inline-flex h-6 items-center text-accent hover:underline">
            What is missing
          </Link>
        </>
      )}
      {hidesNamespaces && <span>Namespaces that you may not see are left out, with their policies.</span>}
    </section>
  )
}

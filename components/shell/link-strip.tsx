'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { linkNotice, linkProblems } from '../link-problems'
import { sourcesQuery } from '../sources/queries'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { overview } from './overview'

/** Says what in the address cannot be followed and what is shown in its place; clearing takes it out of the address. */
export function LinkStrip() {
  const search = useSearchParams()
  const path = usePathname()
  const router = useRouter()
  const { data } = useQuery(sourcesQuery())
  const problems = linkProblems(search, path === '/', data ? overview(data).clusters : null)
  const notice = linkNotice(problems)
  if (notice === null) return null
  const clear = () => {
    const next = new URLSearchParams(search)
    for (const name of problems.flatMap(({ names }) => names)) next.delete(name)
    router.replace(next.size > 0 ? `${path}?${next}` : path)
  }
  return (
    <section
      aria-label="Problem with this link"
      className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-panel px-3 py-0.5 text-xs text-fg-2"
    >
      <StatusMark status="warn" label="Problem with this link" />
      <output className="min-w-0 flex-1 break-words">{notice}</output>
      <Button size="sm" variant="quiet" title="Take it out of the address" onClick={clear}>
        Clear
      </Button>
    </section>
  )
}

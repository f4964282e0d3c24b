import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { returnPath } from '@/core/access/return-path'
import { whoIsHere } from '@/server/login/who'
import { isPublicLink } from '@/server/views/link'

/** The token of a frozen link in an address; '' for none. */
const frozenIn = (path: string | null): string => new URLSearchParams(path?.split('?')[1] ?? '').get('frozen') ?? ''

/**
 * Who is not logged in is led to the login, unless the page is of a frozen link that is public: that is shown alone. This
 * is for comfort only: what may be read is decided where it is read.
 */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const head = await headers()
  const who = await whoIsHere(head)
  if (!who && !(await isPublicLink(frozenIn(head.get('x-oriel-path'))))) {
    const to = returnPath(head.get('x-oriel-path'))
    redirect(to === '/' ? '/login' : `/login?${new URLSearchParams({ to })}`)
  }
  return <Shell who={who}>{children}</Shell>
}

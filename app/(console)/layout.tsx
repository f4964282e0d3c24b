import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { returnPath } from '@/core/access/return-path'
import { whoIsHere } from '@/server/login/who'

/** Who is not logged in is led to the login. That is for comfort only: what may be read is decided where it is read. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const head = await headers()
  const who = await whoIsHere(head)
  if (!who) {
    const to = returnPath(head.get('x-oriel-path'))
    redirect(to === '/' ? '/login' : `/login?${new URLSearchParams({ to })}`)
  }
  return <Shell who={who}>{children}</Shell>
}

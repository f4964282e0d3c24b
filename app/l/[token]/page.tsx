import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { openedPath } from '@/core/links/link-path'
import { loggedIn } from '@/server/login/who'
import { followLink, isPublicLink } from '@/server/views/link'

export const metadata: Metadata = { title: 'Shared link', robots: { index: false, follow: false } }

/** Leads to the place of a short link: who is not logged in by the login, unless it is frozen and links are public. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  if (!(await loggedIn(await headers())) && !(await isPublicLink(token)))
    redirect(`/login?${new URLSearchParams({ to: `/l/${token}` })}`)
  const link = await followLink(token)
  if (!link) notFound()
  const { frozen, from, to } = link
  redirect(openedPath(link.path, frozen && from !== null && to !== null ? { token, from, to } : null))
}

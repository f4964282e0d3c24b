import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { openedPath } from '@/core/link-path'
import { followLink } from '@/server/views/link'

export const metadata: Metadata = { title: 'Shared link', robots: { index: false, follow: false } }

/** Leads to the place of a short link. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const link = await followLink(token)
  if (!link) notFound()
  const { frozen, from, to } = link
  redirect(openedPath(link.path, frozen && from !== null && to !== null ? { token, from, to } : null))
}
